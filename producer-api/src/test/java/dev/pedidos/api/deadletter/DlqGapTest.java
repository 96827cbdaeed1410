package dev.pedidos.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DlqGapTest {

    private final DlqGap gap = new DlqGap();

    @Test
    void lettersThatAreMissingAtTheFirstLookWidenIt() {
        assertThat(gap.record(5, 0)).isTrue();
    }

    @Test
    void aPurgeWidensItOnce() {
        assertThat(gap.record(5, 5)).isFalse();
        assertThat(gap.record(5, 0)).isTrue();
        assertThat(gap.record(5, 0)).isFalse();
        assertThat(gap.record(5, 5)).isFalse();
    }

    @Test
    void whatIsNoPedidoHidesALossForAMinuteAtTheMost() {
        assertThat(gap.record(5, 5)).isFalse();
        for (int look = 0; look < 6; look++) {
            assertThat(gap.record(5, 8)).isFalse();
        }
        assertThat(gap.record(5, 7)).isTrue();
    }

    @Test
    void newLettersThatAreInTheQueueBeforeTheLedgerCountsThemDoNotWidenIt() {
        assertThat(gap.record(5, 5)).isFalse();
        assertThat(gap.record(5, 7)).isFalse();
        assertThat(gap.record(9, 10)).isFalse();
        assertThat(gap.record(10, 10)).isFalse();
    }
}
