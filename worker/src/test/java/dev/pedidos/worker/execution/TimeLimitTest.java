package dev.pedidos.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    @Test
    void workWithinItsLimitIsNotInterrupted() throws Exception {
        assertThat(new TimeLimit(Duration.ofMinutes(1)).within(() -> "done")).isEqualTo("done");
        assertThatThrownBy(() -> new TimeLimit(Duration.ofMinutes(1)).within(() -> {
                    throw new IllegalStateException("its own");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("its own");
    }

    @Test
    void workThatHangsIsInterruptedAndTheThreadGoesOnUninterrupted() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> new TimeLimit(Duration.ofMillis(20)).within(() -> {
                    never.await();
                    return "never";
                }))
                .isInstanceOf(TimeLimit.OverTime.class)
                .hasMessage("the handler took longer than 20 ms");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** All workers were frozen, as by docker pause, and go on: the handler was not slow. */
    @Test
    void anAlarmOfAProcessThatStoodStillGivesTheTimeOnceMore() {
        var nanos = new AtomicLong();
        var interrupts = new AtomicInteger();
        var never = new CountDownLatch(1);
        var limit = new TimeLimit(
                Duration.ofMillis(20),
                () -> nanos.getAndAdd(Duration.ofMinutes(1).toNanos()));

        assertThatThrownBy(() -> limit.within(
                        () -> {
                            never.await();
                            return "never";
                        },
                        interrupts::incrementAndGet))
                .isInstanceOf(TimeLimit.OverTime.class);
        assertThat(interrupts).hasValue(1);
        assertThat(nanos.get())
                .as("looks at the clock")
                .isGreaterThan(Duration.ofMinutes(2).toNanos());
    }

    @Test
    void anInterruptThatTheWorkHasLeftBehindDoesNotReachTheNextWork() throws Exception {
        var limit = new TimeLimit(Duration.ofMinutes(1));

        assertThat(limit.within(() -> {
                    Thread.currentThread().interrupt();
                    return "done";
                }))
                .isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> limit.within(() -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("its own");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void workThatSwallowsTheInterruptHasFailedAllTheSame() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> new TimeLimit(Duration.ofMillis(20)).within(() -> {
                    try {
                        never.await();
                    } catch (InterruptedException swallowed) {
                        return "as if nothing had happened";
                    }
                    return "never";
                }))
                .isInstanceOf(TimeLimit.OverTime.class);
    }
}
