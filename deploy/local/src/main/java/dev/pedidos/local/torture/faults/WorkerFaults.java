package dev.pedidos.local.torture.faults;

import dev.pedidos.local.torture.system.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A hit is a delivery that the worker had in hand. */
final class WorkerFaults {
    private static final Set<Target> WORKERS = Set.of(Target.WORKERS);
    private static final double THE_BUSIEST = 0.7;
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private WorkerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "worker-killed",
                        "a worker is killed between COMMIT and ACK, and before COMMIT",
                        WORKERS,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(4),
                        WorkerFaults::kill),
                new Fault(
                        "worker-frozen",
                        "a worker is frozen and goes on later",
                        WORKERS,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(25),
                        WorkerFaults::freeze),
                new Fault(
                        "worker-stopped",
                        "a worker is drained under load",
                        WORKERS,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(3),
                        WorkerFaults::stop),
                new Fault(
                        "all-workers-killed",
                        "all workers are killed at once",
                        WORKERS,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        WorkerFaults::killAll));
    }

    private static long kill(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var worker = pick(scene, random);
        long inHand = scene.broker().unacknowledgedBy(worker);
        worker.kill();
        return revived(List.of(worker), length, inHand);
    }

    private static long killAll(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long inHand = 0;
        for (Member worker : scene.crew().workers()) {
            inHand += scene.broker().unacknowledgedBy(worker);
        }
        for (Member worker : scene.crew().workers()) {
            worker.kill();
        }
        return revived(scene.crew().workers(), length, inHand);
    }

    private static long stop(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var worker = pick(scene, random);
        long inHand = scene.broker().unacknowledgedBy(worker);
        worker.terminate(DRAIN);
        return revived(List.of(worker), length, inHand);
    }

    private static long revived(List<Member> workers, Duration after, long inHand)
            throws IOException, InterruptedException {
        try {
            Hold.on(after);
        } finally {
            for (Member worker : workers) {
                worker.revive();
            }
        }
        return inHand;
    }

    private static long freeze(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var worker = pick(scene, random);
        long inHand = scene.broker().unacknowledgedBy(worker);
        worker.signal("-STOP");
        try {
            Hold.on(length);
        } finally {
            worker.signal("-CONT");
        }
        return inHand;
    }

    /** Mostly the one with the most in hand: a standby is rarely missed. */
    private static Member pick(Scene scene, RandomGenerator random) throws IOException, InterruptedException {
        var workers = scene.crew().workers();
        var picked = workers.get(random.nextInt(workers.size()));
        if (random.nextDouble() < THE_BUSIEST) {
            long most = scene.broker().unacknowledgedBy(picked);
            for (Member worker : workers) {
                long inHand = scene.broker().unacknowledgedBy(worker);
                if (inHand > most) {
                    most = inHand;
                    picked = worker;
                }
            }
        }
        return picked;
    }
}
