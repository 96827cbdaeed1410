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

    /** An API with requests in hand. */
    private record Busy(FleetMember api, long requests) {
        static Busy await(Scene scene, RandomGenerator random) throws IOException, InterruptedException {
            int which = random.nextInt(scene.crew().apis().size());
            long requests = Window.await(scene.load().doors().get(which)::waiting);
            return new Busy(scene.crew().apis().get(which), requests);
        }
    }

    private static long kill(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var busy = Busy.await(scene, random);
        busy.api().kill();
        return revived(busy, length);
    }

    private static long stop(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var busy = Busy.await(scene, random);
        busy.api().terminate(DRAIN);
        return revived(busy, length);
    }

    private static long freeze(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var busy = Busy.await(scene, random);
        busy.api().signal("-STOP");
        try {
            Thread.sleep(length);
        } finally {
            busy.api().signal("-CONT");
        }
        return busy.requests();
    }

    private static long revived(Busy busy, Duration after) throws IOException, InterruptedException {
        try {
            Thread.sleep(after);
        } finally {
            busy.api().revive();
        }
        Window.awaitAnswer(busy.api());
        return busy.requests();
    }
}
