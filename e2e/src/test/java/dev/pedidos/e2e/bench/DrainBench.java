package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.AmqpConnections;
import dev.pedidos.shared.ledger.Migrations;
import dev.pedidos.shared.ledger.fleet.Fleet;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * The rate at which one worker drains waiting pedidos, without its start, as a ratio of the limits: P of the database
 * alone with the same statements, Q of the broker alone with messages of the same size, L = 1 / (1/P + 1/Q).
 */
@Tag("bench")
class DrainBench {

    private static final int COUNT = Integer.getInteger("bench.count", 20_000);

    private static final String LOTE = System.getProperty("bench.lote", "1");

    @RepeatedTest(3)
    void oneWorkerDrainsWaitingPedidos() throws Exception {
        try (var system = TestSystem.start("bench", Map.of())) {
            var stores = system.stores();
            assertThat(Migrations.tryMigrate(
                            DatabaseUrl.parse(stores.databaseAdminUrl()), DatabaseUrl.parse(stores.databaseUrl())))
                    .isTrue();
            var pedidos = Backlog.pedidos(42, COUNT);
            Backlog.stock(system.ledger());
            int bytes = PedidoCodec.writeMessage(pedidos.getFirst()).length;
            double p = StoreLimits.database(stores, system.ledger(), COUNT);
            double q = StoreLimits.broker(stores, COUNT, bytes);

            var topology = new Topology(
                    stores.prefix().orElse(""),
                    new Fleet(system.ledger()).agreeOnShards(16),
                    RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(600)));
            Backlog.note(system.ledger(), pedidos);
            Backlog.publish(new AmqpConnections(stores.amqpUri()), topology, pedidos);
            double drained = drain(system, pedidos.size());

            double l = 1 / (1 / p + 1 / q);
            System.out.print(RootLocale.format(
                    "P %.0f/s  Q %.0f/s  L %.0f/s  drain %.0f/s  drain/L %.2f  (%d bytes a message)%n",
                    p, q, l, drained, drained / l, bytes));
            assertThat(drained).isPositive();
        }
    }

    /** From the first to the last effect, including a cold JVM. */
    private static double drain(TestSystem system, int count) throws Exception {
        long before = effects(system);
        system.worker(Map.of("PEDIDOS_LOTE", LOTE));
        system.awaitCount(
                "select count(*) from operation_events where event_type in ('COMPLETED', 'REJECTED')", before + count);
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select count(*) / extract(epoch from max(occurred_at) - min(occurred_at))
                        from (
                            select occurred_at from operation_events
                            where event_type in ('COMPLETED', 'REJECTED') order by id desc limit :count
                        ) drained""")
                        .bind("count", count)
                        .mapTo(Double.class)
                        .one());
    }

    private static long effects(TestSystem system) {
        return system.count("select count(*) from operation_events where event_type in ('COMPLETED', 'REJECTED')");
    }
}
