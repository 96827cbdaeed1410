package dev.pedidos.worker.outage;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Java error in a step of the breaker. */
@Timeout(20)
class DatabaseBreakerTest {

    private static final Error NO_THREAD = new OutOfMemoryError("unable to create native thread");

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch resumed = new CountDownLatch(1);

    @Test
    void aJavaErrorInAStepDoesNotKeepTheShardsPaused() throws InterruptedException {
        try (var breaker = new DatabaseBreaker(
                new DatabaseState(() -> false, this::answersAtTheSecondTime), new SimpleMeterRegistry())) {
            breaker.watch(this::pause, this::resume);
            breaker.breaker().transitionToOpenState();
            resumed.await();
        }
    }

    @Test
    void aJavaErrorInALookDoesNotEndTheLooks() throws InterruptedException {
        var looks = new CountDownLatch(3);
        try (var breaker = new DatabaseBreaker(
                new DatabaseState(
                        () -> {
                            looks.countDown();
                            throw NO_THREAD;
                        },
                        () -> true),
                new SimpleMeterRegistry())) {
            breaker.watch(this::pause, this::resume);
            looks.await();
        }
    }

    private boolean answersAtTheSecondTime() {
        if (asked.getAndIncrement() == 0) {
            throw NO_THREAD;
        }
        return true;
    }

    private void pause() {
        throw NO_THREAD;
    }

    /** Fails the first time. */
    private void resume() {
        if (tries.getAndIncrement() == 0) {
            throw NO_THREAD;
        }
        resumed.countDown();
    }
}
