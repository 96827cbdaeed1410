package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Fault 24: the number of shards changes with messages in the old ones. */
@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class ReshardTest {

    private static final int PEDIDOS = 3_000;
    private static final int RECEIVERS = 60;

    @Test
    void orderHoldsAndNothingIsLostWhileShardsAreAddedAndTakenAway() throws Exception {
        try (var system =
                TestSystem.start("reshard", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16"))) {
            var api = system.api();
            var witness = new Witness(system);
            system.worker();
            system.worker();
            var sending = witness.sending(List.of(api), 32, bodies());
            Awaitility.await().until(() -> witness.answered() > 500);
            reshard(system, 32);
            Awaitility.await().until(() -> witness.answered() > PEDIDOS / 2);
            reshard(system, 8);
            sending.join();

            assertThat(witness.accepted()).isEqualTo(PEDIDOS);
            witness.assertEveryLawHolds();
            try (var broker = system.broker()) {
                assertThat(broker.existing(TestBroker.shardQueues(40))).isEqualTo(TestBroker.shardQueues(8));
            }
            assertThat(new Client(api).get("/workers").body().path("shards").size())
                    .isEqualTo(8);
        }
    }

    @Test
    void anotherFleetsNamesOrHalfOfTheAddressesChangeNothing() throws Exception {
        try (var system =
                TestSystem.start("reshard-other", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16"))) {
            system.api();
            system.worker();
            long shards = system.count("select shards from fleet");
            var addresses = Map.of(
                    "AMQP_URI",
                    system.stores().amqpUri(),
                    "DATABASE_URL",
                    system.stores().databaseAdminUrl());

            var other = PedidosCommand.in(with(addresses, "PEDIDOS_PREFIX", "other-"), "reshard", "4");
            assertThat(other.exitCode()).as(other.output()).isEqualTo(1);
            assertThat(other.output()).contains("404").contains("other-").doesNotContain("null", "\tat ");
            var half = PedidosCommand.in(Map.of("DATABASE_URL", system.stores().databaseAdminUrl()), "reshard", "4");
            assertThat(half.exitCode()).as(half.output()).isEqualTo(1);
            assertThat(half.output()).contains("only one is set");

            assertThat(system.count("select shards from fleet")).isEqualTo(shards);
        }
    }

    private static Map<String, String> with(Map<String, String> variables, String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return more;
    }

    private static void reshard(TestSystem system, int shards) throws Exception {
        var ended = PedidosCommand.run(system.stores(), "reshard", Integer.toString(shards));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        System.err.println("e2e: " + ended.output().strip());
    }

    private static List<String> bodies() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < PEDIDOS; i++) {
            bodies.add(Client.simulado(
                    "p-" + i, "rcb-" + i % RECEIVERS, i % 50 == 0 ? "{\"falhas_transitorias\":1}" : "{}"));
        }
        return bodies;
    }
}
