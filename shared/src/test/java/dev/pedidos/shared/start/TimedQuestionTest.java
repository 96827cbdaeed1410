package dev.pedidos.shared.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimedQuestionTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void eachCallerAsksAgain() {
        var look = new TimedQuestion("look", asked::incrementAndGet, Duration.ofSeconds(10));

        assertThat(look.endsInTime()).isTrue();
        assertThat(look.endsInTime()).isTrue();

        assertThat(asked).hasValue(2);
    }

    @Test
    void aQuestionWithoutAnAnswerHoldsNoCallerAndIsAskedOnce() {
        var frozen = new CountDownLatch(1);
        var look = new TimedQuestion("look", () -> waitFor(frozen), Duration.ofMillis(50));

        assertThat(look.endsInTime()).isFalse();
        assertThat(look.endsInTime()).isFalse();
        frozen.countDown();

        assertThat(asked).hasValue(1);
    }

    @Test
    void aQuestionThatFailsIsReported() {
        var look = new TimedQuestion(
                "look",
                () -> {
                    throw new IllegalArgumentException("no such table");
                },
                Duration.ofSeconds(10));

        assertThatIllegalStateException().isThrownBy(look::endsInTime).withMessageContaining("no such table");
    }

    @Test
    void aThreadThatCannotStartHoldsNoLaterCaller() {
        var starts = new AtomicInteger();
        var look = new TimedQuestion(asked::incrementAndGet, Duration.ofSeconds(10), work -> {
            if (starts.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            work.run();
        });

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(look::endsInTime);
        assertThat(look.endsInTime()).isTrue();

        assertThat(asked).hasValue(1);
    }

    private void waitFor(CountDownLatch frozen) {
        asked.incrementAndGet();
        try {
            frozen.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
