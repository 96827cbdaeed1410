package dev.pedidos.shared.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
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
        var starts = new AtomicInteger();
        var look = new TimedQuestion(asked::incrementAndGet, Duration.ofMillis(50), work -> starts.incrementAndGet());

        assertThat(look.endsInTime()).isFalse();
        assertThat(look.endsInTime()).isFalse();

        assertThat(starts).hasValue(1);
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
}
