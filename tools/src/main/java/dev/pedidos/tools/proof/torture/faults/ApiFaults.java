package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.FleetMember;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Faults of APIs. A hit is a request without an answer. */
final class ApiFaults {
    private static final Set<Target> APIS = Set.of(Target.APIS);
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private ApiFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("api-killed", APIS, Duration.ofMillis(100), Duration.ofSeconds(4), ApiFaults::kill),
                new Fault("api-stopped", APIS, Duration.ofMillis(100), Duration.ofSeconds(3), ApiFaults::stop),
                new Fault("api-frozen", APIS, Duration.ofSeconds(2), Duration.ofSeconds(12), ApiFaults::freeze));
    }

    private static long kill(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        int which = random.nextInt(scene.crew().apis().size());
        FleetMember api = scene.crew().apis().get(which);
        long waiting = Window.await(scene.load().doors().get(which)::waiting);
        api.kill();
        return revived(api, length, waiting);
    }

    private static long stop(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        int which = random.nextInt(scene.crew().apis().size());
        FleetMember api = scene.crew().apis().get(which);
        long waiting = Window.await(scene.load().doors().get(which)::waiting);
        api.terminate(DRAIN);
        return revived(api, length, waiting);
    }

    private static long freeze(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        int which = random.nextInt(scene.crew().apis().size());
        FleetMember api = scene.crew().apis().get(which);
        long waiting = Window.await(scene.load().doors().get(which)::waiting);
        api.signal("-STOP");
        try {
            Thread.sleep(length);
        } finally {
            api.signal("-CONT");
        }
        return waiting;
    }

    private static long revived(FleetMember api, Duration after, long waiting)
            throws IOException, InterruptedException {
        try {
            Thread.sleep(after);
        } finally {
            api.revive();
        }
        Window.awaitAnswer(api);
        return waiting;
    }
}
