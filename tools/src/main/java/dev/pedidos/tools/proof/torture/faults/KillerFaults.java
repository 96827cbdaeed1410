package dev.pedidos.tools.proof.torture.faults;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A pedido that halts the JVM of every worker that tries it. A hit is a worker that ended. */
final class KillerFaults {
    private static final Set<Target> WORKERS = Set.of(Target.WORKERS);
    /** After this many deaths the pedido is dead-lettered: one without a mark, and one for each attempt. */
    private static final int ALWAYS = 6;

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private KillerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "pedido-kills-once",
                        WORKERS,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        (scene, length, random) -> send(scene, length, 1)),
                new Fault(
                        "pedido-kills-always",
                        WORKERS,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        (scene, length, random) -> send(scene, length, ALWAYS)));
    }

    /** Waits until the needed number of workers has ended or the time is over: other faults may delay it. */
    private static long send(Scene scene, Duration patience, int deliveries) throws InterruptedException {
        int before = scene.crew().fallen();
        scene.load().sendKiller(deliveries);
        long deadline = System.nanoTime() + patience.toNanos();
        while (scene.crew().fallen() - before < deliveries && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
        }
        return scene.crew().fallen() - before;
    }
}
