package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Order and one effect each while workers are killed, drained and frozen in turn. Fault 21: the frozen one holds a
 * receiver's lock while its shards go to another worker, and continues later.
 */
class HandOverTest {

    private static final int RECEIVERS = 50;

    @Test
    void everyLawHoldsWhileWorkersAreFrozenKilledAndDrained() throws Exception {
        var settings = new HashMap<>(Strike.SETTINGS);
        settings.put("PEDIDOS_PREFETCH", "16");
        try (var system = TestSystem.start("hand-over", settings);
                var network = new TcpProxy(system.stores().amqpUri())) {
            var api = system.api();
            Mix.stock(api);
            var witness = new Witness(system);
            var database = system.databaseProxy();
            var frozen = system.worker(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", network.uri()));
            var trap = database.hold(Statements.FINISH, () -> {
                frozen.freeze();
                // The broker closes the connection of a frozen consumer after two missed heartbeats; here at once.
                network.cutOff();
            });
            var sending = witness.sending(List.of(api), 16, bodies());
            trap.awaitSprung();

            var second = system.worker();
            system.awaitCount("select least(count(*), 100) from pedidos where status = 'COMPLETED'", 100);
            network.heal();
            frozen.thaw();
            var third = system.worker();
            second.kill();
            system.awaitCount("select least(count(*), 400) from pedidos where status = 'COMPLETED'", 400);
            third.stop();
            sending.join();
            system.worker();

            witness.assertEveryLawHolds();
            assertThat(frozen.isAlive()).as("it woke up and went on").isTrue();
        }
    }

    private static List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            String recebedor = i % 4 == 0 ? "hot" : "rcb-" + i % RECEIVERS;
            // Those that want stock wait for the frozen worker, which holds the row of their sku; the others do not.
            bodies.add(
                    i % 3 == 0
                            ? Client.pedido("p-" + i, recebedor, "plenty:1")
                            : Client.simulado("p-" + i, recebedor, i % 37 == 0 ? "{\"falhas_transitorias\":2}" : "{}"));
        }
        return bodies;
    }
}
