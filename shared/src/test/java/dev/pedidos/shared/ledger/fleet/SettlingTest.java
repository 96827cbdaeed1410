package dev.pedidos.shared.ledger.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private final Settling settling = new Settling(Duration.ofSeconds(3));
    private long now = -1_000_000_000L;
    private long databaseMicros = 1_700_000_000_000_000L;

    @BeforeEach
    void settle() {
        write();
        assertThat(settling.isOver(now)).isFalse();
        writeFor(9);
        assertThat(settling.isOver(now)).isFalse();
        writeFor(1);
        assertThat(settling.isOver(now)).isTrue();
    }

    @Test
    void writesEachSecondChangeNothing() {
        writeFor(60);
        assertThat(settling.isOver(now)).isTrue();
    }

    @Test
    void whileThisWorkerCannotWriteNothingIsKnown() {
        pass(Duration.ofSeconds(4));
        assertThat(settling.isOver(now)).isFalse();
    }

    @Test
    void afterAGapTheOthersHaveTenSeconds() {
        pass(Duration.ofSeconds(4));
        requireTenSeconds();
    }

    @Test
    void afterTheDatabasesClockWasSetForwardTheOthersHaveTenSeconds() {
        databaseMicros += Duration.ofSeconds(4).toNanos() / 1_000;
        requireTenSeconds();
    }

    @Test
    void afterTheDatabasesClockWasSetBackTheOthersHaveTenSeconds() {
        databaseMicros -= Duration.ofHours(1).toNanos() / 1_000;
        requireTenSeconds();
    }

    private void requireTenSeconds() {
        write();
        assertThat(settling.isOver(now)).isFalse();
        writeFor(9);
        assertThat(settling.isOver(now)).isFalse();
        writeFor(1);
        assertThat(settling.isOver(now)).isTrue();
    }

    private void writeFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
            write();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
        databaseMicros += time.toNanos() / 1_000;
    }

    private void write() {
        settling.wrote(databaseMicros, now);
    }
}
