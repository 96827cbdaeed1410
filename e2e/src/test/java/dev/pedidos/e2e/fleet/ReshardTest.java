package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Fault 24: the number of shards changes with messages in the old ones. */
@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
@Order(5)
class ReshardTest {

    private static final int PER_SECOND = 300;
    private static final int RECEIVERS = 60;
    /** Some in each of two shards. */
    private static final int WAITING = 12;

    @Test
    void orderHoldsAndNothingIsLostWhileShardsAreAddedAndTakenAway() throws Exception {
        var settings = Map.of(
                "PEDIDOS_HANDLER_SIMULADO", "on",
                "PEDIDOS_SHARDS", "16",
                // Some receivers have a pedido that fails each second: with delays of a second they fall behind.
                "PEDIDOS_RETRY_BASE_MS", "500");
        try (var system = TestSystem.start("reshard", settings)) {
            var api = system.api();
            var witness = new Witness(system);
            system.worker();
            system.worker();
            var resharded = new AtomicBoolean();
            var bodies = bodies().takeWhile(body -> !resharded.get());
            var sending = witness.sending(List.of(api), 32, PER_SECOND, bodies.iterator());
            awaitFurther(witness);
            reshard(system, 32);
            awaitFurther(witness);
            reshard(system, 8);
            awaitFurther(witness);
            resharded.set(true);
            sending.join();

            assertThat(witness.accepted()).isEqualTo(witness.answered());
            witness.assertEveryLawHolds();
            try (var broker = system.broker()) {
                assertThat(broker.existing(TestBroker.shardQueues(40))).isEqualTo(TestBroker.shardQueues(8));
            }
            assertThat(new Client(api).get("/workers").body().path("shards").size())
                    .isEqualTo(8);
        }
    }

    @Test
    void whatAKilledReshardBeganTheNextOneFinishes() throws Exception {
        try (var system = TestSystem.start("reshard-killed", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var broker = system.broker()) {
            var api = system.apiByLedger();
            var witness = new Witness(system);
            witness.send(List.of(api), 16, bodies().limit(PER_SECOND).toList());
            broker.awaitReady(TestBroker.shardQueues(TestSystem.SHARDS), RECEIVERS);
            var taking = PedidosCommand.start(system.stores(), "reshard", "2");
            system.awaitCount("select count(*) from fleet where draining is not null", 1);
            taking.kill();
            witness.send(
                    List.of(api),
                    16,
                    bodies().skip(PER_SECOND).limit(PER_SECOND).toList());
            system.worker();
            reshard(system, 2);
            assertThat(broker.existing(TestBroker.shardQueues(TestSystem.SHARDS)))
                    .isEqualTo(TestBroker.shardQueues(2));

            killBetweenTheNewQueuesAndTheirNumber(system, broker);
            witness.send(
                    List.of(api),
                    16,
                    bodies().skip(2 * PER_SECOND).limit(PER_SECOND).toList());
            reshard(system, 12);

            assertThat(witness.accepted()).isEqualTo(witness.answered());
            witness.assertEveryLawHolds();
            assertThat(broker.existing(TestBroker.shardQueues(16))).isEqualTo(TestBroker.shardQueues(12));
        }
    }

    private static void killBetweenTheNewQueuesAndTheirNumber(TestSystem system, TestBroker broker) throws Exception {
        String waiting = TestSystem.WAITS + " and query like 'update fleet %'";
        try (var holding = system.owner()) {
            holding.setAutoCommit(false);
            holding.createStatement().execute("select from fleet for update");
            var adding = PedidosCommand.start(system.stores(), "reshard", "12");
            system.awaitCount(waiting, 1);
            adding.kill();
            // Else the server would go on with the statement of the command that is gone.
            system.alter(waiting.replace("count(*)", "pg_terminate_backend(pid)"));
            system.awaitCount(waiting, 0);
            holding.rollback();
        }
        assertThat(broker.existing(TestBroker.shardQueues(12))).hasSize(12);
        assertThat(system.count("select shards from fleet")).isEqualTo(2);
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

    @Test
    void moreShardsThanAWorkerMayHaveChannelsAreRefusedAndNoWorkerStopsForThem() throws Exception {
        try (var system = TestSystem.start(
                "reshard-channels", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16"))) {
            assumeThat(system.stores().prefix()).isEmpty();
            String few = system.stores().amqpUri() + "?channel_max=24";
            var client = new Client(system.apiByLedger());
            var worker = system.worker(Map.of("AMQP_URI", few));

            var refused = PedidosCommand.in(
                    Map.of("AMQP_URI", few, "DATABASE_URL", system.stores().databaseAdminUrl()), "reshard", "32");
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("channel_max", "allows 24", "needs 35")
                    .doesNotContain("\tat ");
            assertThat(system.count("select shards from fleet")).isEqualTo(16);

            reshard(system, 32);
            Awaitility.await("a warning").until(() -> worker.log().contains("does not work on all of its shards"));
            system.awaitCount("select cardinality(shards_active) from workers", 24);
            reshard(system, 16);
            for (int i = 0; i < RECEIVERS; i++) {
                Crowd.mustBeAccepted(client.post(Client.simulado("after-" + i, "rcb-" + i, "{}")));
            }
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", RECEIVERS);
            assertThat(worker.log()).doesNotContain("opening the connection again");
        }
    }

    @Test
    void aShardIsDeletedWhenNoDeliveryOfItIsInHand() throws Exception {
        try (var system =
                TestSystem.start("reshard-waits", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "2"))) {
            var client = new Client(system.apiByLedger());
            var worker = system.worker();
            for (int i = 0; i < WAITING; i++) {
                Crowd.mustBeAccepted(client.post(Client.simulado("waits-" + i, "rcb-" + i, "{\"demora_ms\":8000}")));
            }
            Awaitility.await("in hand").until(() -> worker.metric("pedidos_waiting_handlers") == WAITING);

            reshard(system, 1);

            assertThat(system.count("select count(*) from pedidos where status = 'COMPLETED'"))
                    .as("those of the shard that was deleted")
                    .isPositive();
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", WAITING);
            assertThat(worker.log()).doesNotContain("opening the connection again");
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

    private static void awaitFurther(Witness witness) {
        long before = witness.answered();
        Awaitility.await("a second of further pedidos").until(() -> witness.answered() > before + PER_SECOND);
    }

    private static Stream<String> bodies() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Client.simulado(
                        "p-" + i, "rcb-" + i % RECEIVERS, i % 50 == 0 ? "{\"falhas_transitorias\":1}" : "{}"));
    }
}
