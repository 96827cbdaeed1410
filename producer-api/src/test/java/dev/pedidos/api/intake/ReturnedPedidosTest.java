package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReturnedPedidosTest {

    private final AtomicLong clock = new AtomicLong();
    private final ReturnedPedidos returned = new ReturnedPedidos(clock::get);

    @Test
    void theyAreBackAfterALookThatFindsNone() {
        returned.seenEmpty();
        pass(Duration.ofMillis(1));
        assertThat(returned.waitIsOver()).as("the look was before the wait").isFalse();
        pass(Duration.ofMillis(1));
        returned.seenEmpty();
        assertThat(returned.waitIsOver()).isTrue();
    }

    @Test
    void oneThatWasSeenIsOnItsWayForASecond() {
        assertThat(returned.waitIsOver()).isFalse();
        pass(Duration.ofMillis(1));
        returned.seen();
        pass(Duration.ofMillis(1));
        returned.seenEmpty();
        assertThat(returned.waitIsOver()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(returned.waitIsOver()).isTrue();
    }

    @Test
    void oneThatWasSeenAndIsNotGoneYetIsWaitedFor() {
        assertThat(returned.waitIsOver()).isFalse();
        pass(Duration.ofMillis(1));
        returned.seenEmpty();
        pass(Duration.ofMillis(1));
        returned.seen();
        pass(Duration.ofSeconds(2));
        assertThat(returned.waitIsOver()).isFalse();
    }

    @Test
    void aQueueThatIsNeverFoundEmptyIsWaitedForOneMinute() {
        assertThat(returned.waitIsOver()).isFalse();
        pass(Duration.ofSeconds(30));
        returned.seen();
        pass(Duration.ofSeconds(30));
        assertThat(returned.waitIsOver()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(returned.waitIsOver()).isTrue();
    }

    @Test
    void eachOutageHasAWaitOfItsOwn() {
        assertThat(returned.waitIsOver()).isFalse();
        returned.endWait();
        pass(Duration.ofMinutes(2));
        assertThat(returned.waitIsOver()).isFalse();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
