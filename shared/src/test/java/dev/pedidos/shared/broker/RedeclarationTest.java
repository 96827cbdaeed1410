package dev.pedidos.shared.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often a program declares again. */
class RedeclarationTest {

    private final AtomicInteger declared = new AtomicInteger();
    private long nanos;

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void twoRequestsWithinAMinuteGiveOneDeclaration() {
        var redeclaration = new Redeclaration(declared::incrementAndGet, Runnable::run, () -> nanos);

        redeclaration.request();
        pass(Duration.ofSeconds(59));
        redeclaration.request();
        assertThat(declared).hasValue(1);

        pass(Duration.ofSeconds(1));
        redeclaration.request();
        assertThat(declared).hasValue(2);
    }

    @Test
    void whileOneDeclarationGoesOnNoOtherBegins() {
        Queue<Runnable> begun = new ArrayDeque<>();
        var redeclaration = new Redeclaration(declared::incrementAndGet, begun::add, () -> nanos);

        redeclaration.request();
        pass(Duration.ofMinutes(2));
        redeclaration.request();
        assertThat(begun).hasSize(1);

        begun.remove().run();
        redeclaration.request();
        assertThat(begun).hasSize(1);
    }

    @Test
    void aThreadThatCannotStartHoldsUpNoLaterRequest() {
        var starts = new AtomicInteger();
        var redeclaration = new Redeclaration(
                declared::incrementAndGet,
                work -> {
                    if (starts.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    work.run();
                },
                () -> nanos);

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(redeclaration::request);
        redeclaration.request();
        assertThat(declared).hasValue(1);
    }
}
