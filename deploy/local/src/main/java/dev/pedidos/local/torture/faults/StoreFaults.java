package dev.pedidos.local.torture.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What an operator or a crash does to broker and database; a hit is a connection ended. */
final class StoreFaults {

    private StoreFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "broker-connections-closed",
                        "the connection breaks between publish and confirm",
                        Set.of(Target.BROKER),
                        Duration.ZERO,
                        Duration.ZERO,
                        StoreFaults::closeConnections),
                new Fault(
                        "database-connections-ended",
                        "the connection is lost at COMMIT",
                        Set.of(Target.DATABASE),
                        Duration.ZERO,
                        Duration.ZERO,
                        StoreFaults::terminateBackends));
    }

    private static long closeConnections(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long connections = scene.crew().all().stream()
                .mapToLong(member -> member.broker().connections())
                .sum();
        scene.servers().rabbitmqctl("close_all_connections", "torture");
        return connections;
    }

    private static long terminateBackends(Scene scene, Duration length, RandomGenerator random)
            throws IOException, SQLException {
        return scene.ledger().terminateBackends();
    }
}
