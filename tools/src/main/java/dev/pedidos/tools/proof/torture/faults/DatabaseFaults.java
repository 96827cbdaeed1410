package dev.pedidos.tools.proof.torture.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Faults of the database, as an operator or a crash causes them, alone and together with the broker's. */
final class DatabaseFaults {
    private static final Set<Target> DATABASE = Set.of(Target.DATABASE);

    private DatabaseFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "database-connections-ended",
                        DATABASE,
                        Duration.ZERO,
                        Duration.ZERO,
                        DatabaseFaults::endConnections),
                new Fault(
                        "database-killed",
                        DATABASE,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        DatabaseFaults::kill),
                new Fault(
                        "database-away", DATABASE, Duration.ofSeconds(4), Duration.ofSeconds(12), DatabaseFaults::kill),
                new Fault(
                        "both-stores-away",
                        Set.of(Target.BROKER, Target.DATABASE),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(8),
                        DatabaseFaults::killBoth));
    }

    private static long endConnections(Scene scene, Duration length, RandomGenerator random)
            throws IOException, SQLException, InterruptedException {
        Window.await(() -> busyBackends(scene));
        return scene.ledger().terminateBackends();
    }

    private static long busyBackends(Scene scene) throws IOException {
        try {
            return scene.ledger().busyBackends();
        } catch (SQLException away) {
            return 0;
        }
    }

    private static long kill(Scene scene, Duration length, RandomGenerator random)
            throws IOException, SQLException, InterruptedException {
        long unfinished = scene.ledger().unfinished();
        scene.servers().crashDatabase();
        try {
            Thread.sleep(length);
        } finally {
            scene.servers().startDatabase();
        }
        return unfinished;
    }

    private static long killBoth(Scene scene, Duration length, RandomGenerator random)
            throws IOException, SQLException, InterruptedException {
        long unfinished = scene.ledger().unfinished();
        boolean databaseFirst = random.nextBoolean();
        try {
            if (databaseFirst) {
                scene.servers().crashDatabase();
            }
            scene.servers().killBroker();
            if (!databaseFirst) {
                scene.servers().crashDatabase();
            }
            Thread.sleep(length);
        } finally {
            if (databaseFirst) {
                scene.servers().startBroker();
            }
            scene.servers().startDatabase();
            if (!databaseFirst) {
                scene.servers().startBroker();
            }
        }
        return unfinished;
    }
}
