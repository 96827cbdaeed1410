package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Injects the faults of a schedule at their times, each on a thread of its own. */
public final class Injection {
    private final Scene scene;
    private final FaultTally tally;
    private final Consumer<String> say;
    private final Map<Target, ReentrantLock> targets = new EnumMap<>(Target.class);
    private final List<Thread> running = new ArrayList<>();
    private volatile long begun;

    public Injection(Scene scene, FaultTally tally, Consumer<String> say) {
        this.scene = scene;
        this.tally = tally;
        this.say = say;
        for (Target target : Target.values()) {
            targets.put(target, new ReentrantLock());
        }
    }

    /**
     * Returns when this time is over and the last fault has been healed; a fault that waits for its target comes later
     * than planned.
     */
    public void run(List<Planned> schedule, Duration load) throws InterruptedException {
        begun = System.nanoTime();
        try {
            for (Planned planned : schedule) {
                long wait = begun + planned.at().toNanos() - System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
                running.add(Thread.ofVirtual().start(() -> inject(planned)));
            }
            Thread.sleep(Duration.ofNanos(Math.max(0, begun + load.toNanos() - System.nanoTime())));
        } catch (InterruptedException e) {
            running.forEach(Thread::interrupt);
            throw e;
        } finally {
            for (Thread thread : running) {
                thread.join();
            }
        }
    }

    private void inject(Planned planned) {
        var fault = planned.fault();
        // Always in the order of the enum, so that two faults with two targets each do not wait for each other.
        var mine = fault.targets().stream().sorted().map(targets::get).toList();
        mine.forEach(ReentrantLock::lock);
        try {
            double from = seconds();
            long hit = fault.action().run(scene, planned.length(), new Random(planned.seed()));
            tally.ran(fault, hit);
            say.accept(RootLocale.format(
                    "%6.1f to %5.1f s  %-26s  %s", from, seconds(), fault.name(), hit > 0 ? "hit " + hit : "missed"));
        } catch (IOException | SQLException e) {
            tally.failed(fault);
            say.accept(RootLocale.format(
                    "%15.1f s  %-26s  could not be injected: %s", seconds(), fault.name(), firstLine(e)));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            mine.forEach(ReentrantLock::unlock);
        }
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }
}
