package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Order and one effect each while workers are killed, drained and frozen in turn. Fault 21: the frozen one holds a
 * receiver's lock while its shards go to another worker, and continues later.
 */
class HandOverTest {

    private static final int RECEIVERS = 50;
    private static final int PER_SECOND = 60;

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
            var enough = new AtomicBoolean();
            var sending = witness.sending(
                    List.of(api),
                    16,
                    PER_SECOND,
                    bodies().takeWhile(body -> !enough.get()).iterator());
            trap.awaitSprung();

            var databaseOfSecond = system.databaseProxy();
            var second = system.workerBehind(databaseOfSecond);
            databaseOfSecond
                    .before(Statements.nth(100, Statements.FINISH), second::kill)
                    .awaitSprung();
            network.heal();
            frozen.thaw();
            var databaseOfThird = system.databaseProxy();
            var third = system.workerBehind(databaseOfThird);
            databaseOfThird
                    .hold(Statements.nth(100, Statements.FINISH), third::terminate)
                    .awaitSprung();
            assertThat(third.exitCode()).isEqualTo(TestProgram.SIGTERM);
            enough.set(true);
            sending.join();
            system.worker();

            witness.assertEveryLawHolds();
            assertThat(frozen.isAlive()).as("it woke up and went on").isTrue();
        }
    }

    private static Stream<String> bodies() {
        return IntStream.iterate(0, i -> i + 1).mapToObj(HandOverTest::body);
    }

    /** Those that want stock wait for the frozen worker, which holds the row of their sku; the others do not. */
    private static String body(int i) {
        String recebedor = i % 4 == 0 ? "hot" : "rcb-" + i % RECEIVERS;
        return i % 3 == 0
                ? Client.pedido("p-" + i, recebedor, "plenty:1")
                : Client.simulado("p-" + i, recebedor, i % 37 == 0 ? "{\"falhas_transitorias\":2}" : "{}");
    }
}
