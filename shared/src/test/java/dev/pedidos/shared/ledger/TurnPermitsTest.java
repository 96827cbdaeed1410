package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnPermitsTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TurnPermits permits = new TurnPermits(1);

    @Test
    void aTurnWaitsUntilAnotherEnds() throws Exception {
        permits.take(SOON);
        var next = waiting();

        permits.giveBack();
        assertThat(next.get()).isTrue();
    }

    @Test
    void withMoreShardsTheTurnsThatWaitGoOn() throws Exception {
        permits.take(SOON);
        var next = waiting();

        permits.allow(2);
        assertThat(next.get()).isTrue();
    }

    @Test
    void withFewerShardsTheTurnsThatAreOpenEndFirst() throws Exception {
        permits.allow(2);
        permits.take(SOON);
        permits.take(SOON);
        permits.allow(1);
        permits.giveBack();
        var next = waiting();

        permits.giveBack();
        assertThat(next.get()).isTrue();
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

    /** Whether it got its permit. */
    private FutureTask<Boolean> waiting() {
        var taken = new FutureTask<>(() -> permits.take(SOON));
        var thread = Thread.ofPlatform().daemon().start(taken);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return taken;
    }
}
