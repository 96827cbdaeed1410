package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.FleetMember;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Faults of the broker, as an operator, an alarm or a crash causes them. */
final class BrokerFaults {
    private static final Set<Target> BROKER = Set.of(Target.BROKER);

    private BrokerFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "broker-connections-closed",
                        BROKER,
                        Duration.ZERO,
                        Duration.ZERO,
                        BrokerFaults::closeConnections),
                new Fault("broker-killed", BROKER, Duration.ofMillis(200), Duration.ofSeconds(8), BrokerFaults::kill),
                new Fault("broker-stopped", BROKER, Duration.ofMillis(200), Duration.ofSeconds(5), BrokerFaults::stop),
                new Fault("broker-alarm", BROKER, Duration.ofSeconds(2), Duration.ofSeconds(10), BrokerFaults::alarm));
    }

    private static long closeConnections(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long connections = Window.await(() -> connections(scene));
        scene.servers().rabbitmqctl("close_all_connections", "torture");
        return connections;
    }

    private static long kill(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long connections = Window.await(() -> connections(scene));
        scene.servers().killBroker();
        try {
            Thread.sleep(length);
        } finally {
            scene.servers().startBroker();
        }
        return connections;
    }

    private static long stop(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long connections = Window.await(() -> connections(scene));
        try {
            scene.servers().rabbitmqctl("stop_app");
            Thread.sleep(length);
        } finally {
            scene.servers().rabbitmqctl("start_app");
        }
        return connections;
    }

    private static long alarm(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        boolean disk = random.nextBoolean();
        try {
            if (disk) {
                scene.servers().rabbitmqctl("set_disk_free_limit", "100000GB");
            } else {
                scene.servers().rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB");
            }
            Thread.sleep(length);
            return scene.broker().blockedConnections();
        } finally {
            if (disk) {
                scene.servers().rabbitmqctl("set_disk_free_limit", "50MB");
            } else {
                scene.servers().rabbitmqctl("set_vm_memory_high_watermark", "0.4");
            }
        }
    }

    /** The number of the programs' connections. */
    static long connections(Scene scene) {
        return scene.crew().all().stream()
                .map(FleetMember::broker)
                .mapToLong(network -> network.connections())
                .sum();
    }
}
