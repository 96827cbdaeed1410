package dev.pedidos.shared.ledger.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineFrontsTest {

    private final LineFronts fronts = new LineFronts();

    @Test
    void aLineIsDoneWithUpToWhatWasFinishedOnceAllThatWasUnderWayThenHasEnded() {
        assertThat(fronts.of("r")).isEqualTo(Long.MIN_VALUE);
        fronts.finished("r", 1_000, 70);
        fronts.found("r", 1_010, 71);
        assertThat(fronts.of("r")).isEqualTo(1_000);
        assertThat(fronts.of("other")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aNoteThatIsStillUnderWayMayPutSomethingBeforeTheHead() {
        fronts.finished("r", 1_000, 70);
        fronts.found("r", 1_010, 69);
        fronts.finished("r", 1_010, 75);
        fronts.found("r", 1_020, 70);
        assertThat(fronts.of("r")).as("the transaction 70 itself may run").isEqualTo(Long.MIN_VALUE);
        fronts.found("r", 1_020, 74);
        assertThat(fronts.of("r")).isEqualTo(1_000);
    }

    @Test
    void whatHasTurnedUpBeforeItIsNotPassedOver() {
        fronts.finished("r", 1_000, 70);
        fronts.found("r", 900, 80);
        assertThat(fronts.of("r")).as("the head").isEqualTo(900);
    }

    @Test
    void aFrontNeverGoesBack() {
        fronts.finished("r", 1_000, 70);
        fronts.found("r", 1_010, 80);
        fronts.finished("r", 500, 90);
        fronts.found("r", 1_010, 100);
        assertThat(fronts.of("r")).isEqualTo(1_000);
    }
}
