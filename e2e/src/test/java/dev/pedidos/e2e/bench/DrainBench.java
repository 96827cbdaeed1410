package dev.pedidos.e2e.bench;

import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Fleet;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.FleetConfig;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * How fast one worker drains waiting pedidos, start-up apart: from the first to the last committed effect. Arguments: the
 * worker's jar, then how many pedidos.
 */
public final class DrainBench {

    private DrainBench() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        var config = FleetConfig.from(Env.ofProcess());
        Migrations.run(config.databaseAdmin(), config.database());
        try (var database = new Database("bench", config.databaseAdmin(), 2, new SimpleMeterRegistry())) {
            int shards = new Fleet(database).agreeOnShards(config.shards());
            var topology = new Topology(
                    config.prefix(), shards, RetryLadder.doubling(config.retryBase(), config.retryMax()));
            var pedidos = Backlog.pedidos(System.nanoTime(), count);
            Backlog.note(database, pedidos);
            Backlog.publish(new AmqpConnections(config.amqpUri()), topology, pedidos);
            System.out.printf("drain: %.0f pedidos/s%n", drain(Path.of(args[0]), database, count));
        }
    }

    private static double drain(Path workerJar, Database database, int count) throws Exception {
        long before = effects(database);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(System.getProperty("worker.options", "").split(" ")));
        command.removeIf(String::isBlank);
        command.addAll(List.of("-jar", workerJar.toString()));
        var worker = new ProcessBuilder(command).inheritIO().start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> effects(database) >= before + count);
        } finally {
            worker.destroy();
            worker.waitFor();
        }
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        select count(*) / extract(epoch from max(occurred_at) - min(occurred_at))
                        from (select occurred_at from operation_events where event_type = 'COMPLETED' order by id desc limit :n) last
                        """)
                .bind("n", count)
                .mapTo(Double.class)
                .one());
    }

    private static long effects(Database database) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "select count(*) from operation_events where event_type in ('COMPLETED', 'REJECTED')")
                .mapTo(Long.class)
                .one());
    }
}
