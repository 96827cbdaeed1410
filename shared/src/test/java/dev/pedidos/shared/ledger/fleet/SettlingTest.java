package dev.pedidos.shared.ledger.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private final Settling settling = new Settling(Duration.ofSeconds(10));
    private long now = -1_000_000_000L;
    private long databaseMicros = 1_700_000_000_000_000L;

    @BeforeEach
    void settle() {
        read();
        assertThat(settling.isOver(now)).isFalse();
        readFor(9);
        assertThat(settling.isOver(now)).isFalse();
        readFor(1);
        assertThat(settling.isOver(now)).isTrue();
    }

    @Test
    void readingsEachSecondChangeNothing() {
        readFor(60);
        assertThat(settling.isOver(now)).isTrue();
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
        read();
        assertThat(settling.isOver(now)).isFalse();
        readFor(9);
        assertThat(settling.isOver(now)).isFalse();
        readFor(1);
        assertThat(settling.isOver(now)).isTrue();
    }

    private void readFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(Duration.ofSeconds(1));
            read();
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
        databaseMicros += time.toNanos() / 1_000;
    }

    private void read() {
        settling.read(databaseMicros, now);
    }
}
