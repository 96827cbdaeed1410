package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.NetworkLink;
import dev.pedidos.tools.proof.torture.system.NetworkLink.Direction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Faults of the network between one program and one of its servers. */
final class NetworkFaults {
    private static final Set<Target> NETWORK = Set.of(Target.NETWORK);
    private static final int LONGEST_DELAY_MILLIS = 120;

    private NetworkFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("network-cut", NETWORK, Duration.ZERO, Duration.ZERO, NetworkFaults::cut),
                new Fault(
                        "network-stalled",
                        NETWORK,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        (scene, length, random) -> stall(scene, length, random, List.of(Direction.values()))),
                new Fault(
                        "network-one-way",
                        NETWORK,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        (scene, length, random) ->
                                stall(scene, length, random, List.of(Direction.values()[random.nextInt(2)]))),
                new Fault(
                        "network-slow",
                        NETWORK,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(8),
                        NetworkFaults::slowDown));
    }

    private static long cut(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        var network = pick(scene, random);
        Window.await(network::connections);
        return network.cut();
    }

    private static long stall(Scene scene, Duration length, RandomGenerator random, List<Direction> directions)
            throws IOException, InterruptedException {
        return disturb(pick(scene, random), length, network -> directions.forEach(network::stall));
    }

    private static long slowDown(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        return disturb(
                pick(scene, random),
                length,
                network -> network.delay(Duration.ofMillis(1 + random.nextInt(LONGEST_DELAY_MILLIS))));
    }

    private static long disturb(NetworkLink network, Duration length, Consumer<NetworkLink> disturbance)
            throws IOException, InterruptedException {
        Window.await(network::connections);
        long before = network.heldUp();
        disturbance.accept(network);
        try {
            Thread.sleep(length);
        } finally {
            network.heal();
        }
        return network.heldUp() - before;
    }

    private static NetworkLink pick(Scene scene, RandomGenerator random) {
        var all = scene.crew().all();
        var member = all.get(random.nextInt(all.size()));
        return random.nextBoolean() ? member.broker() : member.database();
    }
}
