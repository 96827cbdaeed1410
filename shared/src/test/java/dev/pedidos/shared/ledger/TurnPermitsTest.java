package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnPermitsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TurnPermits permits = new TurnPermits(1);

    @Test
    void aTurnWaitsUntilAnotherEnds() throws InterruptedException {
        permits.take(SOON);
        var next = waiting();

        permits.giveBack();
        assertThat(next.join(SOON)).isTrue();
    }

    @Test
    void withMoreShardsTheTurnsThatWaitGoOn() throws InterruptedException {
        permits.take(SOON);
        var next = waiting();

        permits.allow(2);
        assertThat(next.join(SOON)).isTrue();
    }

    @Test
    void withFewerShardsTheTurnsThatAreOpenEndFirst() throws InterruptedException {
        permits.allow(2);
        permits.take(SOON);
        permits.take(SOON);
        permits.allow(1);
        permits.giveBack();
        var next = waiting();

        permits.giveBack();
        assertThat(next.join(SOON)).isTrue();
    }

    @Test
    void aTurnThatWaitsTooLongIsToldSo() {
        permits.take(SOON);
        assertThat(permits.take(Duration.ZERO)).isFalse();
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> permits.take(SOON)).isInstanceOf(ConnectionException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Thread waiting() {
        var thread = Thread.ofPlatform().daemon().start(() -> permits.take(SOON));
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
