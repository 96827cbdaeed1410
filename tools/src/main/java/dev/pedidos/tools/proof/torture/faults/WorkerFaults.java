package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.BrokerAdmin;
import dev.pedidos.tools.proof.torture.system.FleetMember;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Faults of workers. A hit is a delivery that the worker was handling. */
final class WorkerFaults {
    private static final Set<Target> WORKERS = Set.of(Target.WORKERS);
    private static final double THE_BUSIEST = 0.7;
    /** The broker takes the deliveries of a silent consumer back after this time at the earliest. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(3);

    private static final Duration DRAIN = Duration.ofSeconds(15);

    private WorkerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("worker-killed", WORKERS, Duration.ofMillis(100), Duration.ofSeconds(4), WorkerFaults::kill),
                new Fault(
                        "worker-frozen", WORKERS, Duration.ofSeconds(2), Duration.ofSeconds(25), WorkerFaults::freeze),
                new Fault("worker-stopped", WORKERS, Duration.ofMillis(100), Duration.ofSeconds(3), WorkerFaults::stop),
                new Fault(
                        "all-workers-killed",
                        WORKERS,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(5),
                        WorkerFaults::killAll));
    }

    private static long kill(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        return kill(scene, List.of(pick(scene, random)), length);
    }

    private static long killAll(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        Window.await(() -> inHandOfAll(scene));
        return kill(scene, scene.crew().workers(), length);
    }

    private static long kill(Scene scene, List<FleetMember> workers, Duration length)
            throws IOException, InterruptedException {
        long inHand = standingStill(scene, workers);
        for (FleetMember worker : workers) {
            worker.kill();
        }
        return revived(workers, length, inHand);
    }

    private static long stop(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var worker = pick(scene, random);
        long inHand = inHand(scene, worker);
        worker.terminate(DRAIN);
        return revived(List.of(worker), length, inHand);
    }

    private static long revived(List<FleetMember> workers, Duration after, long inHand)
            throws IOException, InterruptedException {
        try {
            Thread.sleep(after);
        } finally {
            for (FleetMember worker : workers) {
                worker.revive();
            }
        }
        for (FleetMember worker : workers) {
            Window.awaitAnswer(worker);
        }
        return inHand;
    }

    private static long freeze(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var worker = pick(scene, random);
        try {
            long inHand = standingStill(scene, List.of(worker));
            Thread.sleep(length);
            return inHand;
        } finally {
            worker.signal("-CONT");
        }
    }

    /** The number of deliveries that they hold, read before the broker takes them back. */
    private static long standingStill(Scene scene, List<FleetMember> workers) throws IOException, InterruptedException {
        for (FleetMember worker : workers) {
            worker.signal("-STOP");
        }
        Thread.sleep(BrokerAdmin.STATISTICS);
        return Window.await(() -> inHandOf(scene, workers), GIVEN_UP);
    }

    private static long inHandOfAll(Scene scene) throws InterruptedException {
        return inHandOf(scene, scene.crew().workers());
    }

    private static long inHandOf(Scene scene, List<FleetMember> workers) throws InterruptedException {
        long inHand = 0;
        for (FleetMember worker : workers) {
            inHand += inHand(scene, worker);
        }
        return inHand;
    }

    /** Zero while the broker is down and cannot tell. */
    private static long inHand(Scene scene, FleetMember worker) throws InterruptedException {
        try {
            return scene.broker().unacknowledgedBy(worker);
        } catch (IOException away) {
            return 0;
        }
    }

    /** Mostly the worker with the most deliveries: killing a standby hits nothing. */
    private static FleetMember pick(Scene scene, RandomGenerator random) throws IOException, InterruptedException {
        var workers = scene.crew().workers();
        Window.await(() -> inHandOfAll(scene));
        var picked = workers.get(random.nextInt(workers.size()));
        if (random.nextDouble() < THE_BUSIEST) {
            long most = inHand(scene, picked);
            for (FleetMember worker : workers) {
                long inHand = inHand(scene, worker);
                if (inHand > most) {
                    most = inHand;
                    picked = worker;
                }
            }
        }
        return picked;
    }
}
