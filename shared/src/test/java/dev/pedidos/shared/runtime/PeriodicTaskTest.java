package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PeriodicTaskTest {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final BlockingQueue<Duration> pauses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Duration> results = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private @Nullable PeriodicTask task;

    @AfterEach
    void stop() throws InterruptedException {
        if (task != null) {
            task.close();
        }
    }

    @Test
    void aStepWithMoreToDoIsFollowedAtOnceAndOneWithoutByItsPause() throws Exception {
        start(Timing.interruptedAtStop(AFTER_FAILURE), results::take);
        results.addAll(List.of(Duration.ZERO, PAUSE, Duration.ZERO));
        assertThat(pauses.take()).isZero();
        assertThat(pauses.take()).isEqualTo(PAUSE);
        assertThat(pauses.take()).isZero();
    }

    @Test
    void aStepThatTakesLongIsFollowedByALongerRest() throws Exception {
        var took = Duration.ofMillis(20);
        start(Timing.interruptedAtStop(AFTER_FAILURE).resting(1_000), () -> {
            spin(took);
            return results.take();
        });
        results.addAll(List.of(Duration.ofMillis(1), Duration.ZERO));
        assertThat(pauses.take()).isGreaterThanOrEqualTo(took.multipliedBy(1_000));
        assertThat(pauses.take()).as("there is more to do").isZero();
    }

    @Test
    void aStepThatFailsAfterLongIsFollowedByALongerRest() throws Exception {
        var took = Duration.ofMillis(20);
        start(Timing.interruptedAtStop(AFTER_FAILURE).resting(1_000), () -> {
            spin(took);
            throw new IllegalStateException("cancelled");
        });
        assertThat(pauses.take()).isGreaterThanOrEqualTo(took.multipliedBy(1_000));
    }

    private static void spin(Duration time) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aStepThatFailsIsReportedAndNeverEndsTheLoop() throws Exception {
        start(Timing.interruptedAtStop(AFTER_FAILURE), () -> {
            switch (ran.size()) {
                case 0 -> fails(new IllegalStateException("first"));
                case 1 -> fails(new OutOfMemoryError("second"));
                case 2 -> fails(new InterruptedException("third, and nobody stops it"));
                default -> ran.add("goes on");
            }
            return results.take();
        });
        results.add(PAUSE);
        assertThat(failures.take()).hasMessage("first");
        assertThat(failures.take()).hasMessage("second");
        assertThat(failures.take()).hasMessageStartingWith("third");
        assertThat(List.of(pauses.take(), pauses.take(), pauses.take())).containsOnly(AFTER_FAILURE);
        assertThat(pauses.take()).isEqualTo(PAUSE);
        assertThat(ran).contains("goes on");
    }

    private <T extends Throwable> void fails(T failure) throws T {
        ran.add("fails");
        throw failure;
    }

    @Test
    void aStopLetsTheRunningStepFinish() throws Exception {
        var running = new CountDownLatch(1);
        var mayFinish = new CountDownLatch(1);
        var mine = start(new Timing(AFTER_FAILURE, LONG), () -> {
            running.countDown();
            mayFinish.await();
            ran.add("finished");
            return Duration.ZERO;
        });
        running.await();
        mine.stop();
        assertThat(mine.isStopping()).isTrue();
        mayFinish.countDown();
        mine.close();
        assertThat(ran).containsExactly("finished");
        assertThat(failures).isEmpty();
    }

    @Test
    void aStopInterruptsAStepThatGoesOnForLongerThanTheGrace() throws Exception {
        var running = new CountDownLatch(1);
        var mine = start(Timing.interruptedAtStop(AFTER_FAILURE), () -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ran.add("interrupted");
            }
            return Duration.ZERO;
        });
        running.await();
        mine.close();
        assertThat(pauses.take()).isEqualTo(AFTER_FAILURE);
        assertThat(ran).containsExactly("interrupted");
        assertThat(failures).as("a stop is no failure").isEmpty();
    }

    @Test
    void aStopIsBoundedEvenWhereAStepIgnoresItsInterrupt() throws Exception {
        var running = new CountDownLatch(1);
        var stubborn = new CountDownLatch(1);
        var mine = start(Timing.interruptedAtStop(AFTER_FAILURE), () -> {
            running.countDown();
            while (stubborn.getCount() > 0) {
                Thread.onSpinWait();
            }
            return Duration.ZERO;
        });
        running.await();
        mine.close();
        assertThat(mine.isStopping()).isTrue();
        stubborn.countDown();
    }

    @Test
    void aPauseEndsWithAStop() throws Exception {
        task = new PeriodicTask("test", Timing.finishedAtStop(LONG), () -> LONG, failures::add);
        task.start();
        task.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void oneThatWasNeverStartedIsStoppedAtOnce() throws Exception {
        new PeriodicTask("test", Timing.finishedAtStop(LONG), () -> LONG, failures::add).close();
    }

    /** Pauses take no time, and are recorded. */
    private PeriodicTask start(Timing timing, PeriodicTask.Step step) {
        var fresh = new PeriodicTask("test", timing, step, failures::add, (stopping, pause) -> {
            pauses.add(pause);
            stopping.await(0, TimeUnit.NANOSECONDS);
        });
        task = fresh;
        fresh.start();
        return fresh;
    }
}
