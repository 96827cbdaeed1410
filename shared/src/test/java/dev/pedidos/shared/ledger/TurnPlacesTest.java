package dev.pedidos.shared.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnPlacesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final TurnPlaces places = new TurnPlaces(1);

    @Test
    void aTurnWaitsUntilAnotherEnds() throws InterruptedException {
        places.take(SOON);
        var next = waiting();

        places.giveBack();
        assertThat(next.join(SOON)).isTrue();
    }

    @Test
    void withMoreShardsTheTurnsThatWaitGoOn() throws InterruptedException {
        places.take(SOON);
        var next = waiting();

        places.allow(2);
        assertThat(next.join(SOON)).isTrue();
    }

    @Test
    void withFewerShardsTheTurnsThatAreOpenEndFirst() throws InterruptedException {
        places.allow(2);
        places.take(SOON);
        places.take(SOON);
        places.allow(1);
        places.giveBack();
        var next = waiting();

        places.giveBack();
        assertThat(next.join(SOON)).isTrue();
    }

    @Test
    void aTurnThatWaitsTooLongIsToldSo() {
        places.take(SOON);
        assertThat(places.take(Duration.ZERO)).isFalse();
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> places.take(SOON)).isInstanceOf(ConnectionException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private Thread waiting() {
        var thread = Thread.ofPlatform().daemon().start(() -> places.take(SOON));
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
