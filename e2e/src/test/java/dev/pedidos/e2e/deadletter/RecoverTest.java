package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.BrokerEye;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.topology.RetryLadder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class RecoverTest {

    private static final int PEDIDOS = 300;
    private static final int FEW = 40;
    private static final List<String> SHARDS = TestBroker.shardQueues(TestSystem.SHARDS);
    private static final RetryLadder LADDER = RetryLadder.doubling(Duration.ofSeconds(1), Duration.ofSeconds(8));

    @Test
    void anEmptiedBrokerGetsBackAllThatItShouldHold() throws Exception {
        try (var system = TestSystem.start(
                "recover", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SIGN_OF_LIFE_MS", "3600000"))) {
            var api = system.api();
            var client = new Client(api);
            var operator = new Operator(system, api);
            var worker = system.worker();
            client.post(Client.simulado("dead", "rcb-dead", "{\"falha_permanente\":true}"));
            operator.awaitStatus("dead", "DEAD_LETTERED");
            client.post(Client.simulado("waiting", "rcb-waiting", "{\"falhas_transitorias\":3}"));
            system.awaitCount("select agendamento from pedidos where pedido_id = 'waiting'", 3);
            worker.stop();
            for (int i = 0; i < PEDIDOS; i++) {
                client.post(Client.pedido("lost-" + i, "rcb-" + i % 20, "nowhere:1"));
            }
            system.awaitCount("select count(*) from pedidos where not published", 0);

            try (var broker = new BrokerEye(system, LADDER)) {
                broker.loseEverything();
            }
            system.worker();
            assertThat(system.count("select count(*) from pedidos where status = 'REJECTED'"))
                    .isZero();
            for (int i = 0; i < 2; i++) {
                var recovered =
                        PedidosCommand.run("recover", "--url", system.stores().databaseUrl());
                assertThat(recovered.exitCode()).as(recovered.output()).isZero();
            }

            system.awaitCount("select count(*) from pedidos where status = 'REJECTED'", PEDIDOS);
            operator.awaitStatus("waiting", "COMPLETED");
            try (var broker = new BrokerEye(system, LADDER)) {
                // A sweep may hold it for a moment.
                Awaitility.await()
                        .untilAsserted(() ->
                                assertThat(broker.deadLetters()).isNotEmpty().containsOnly("dead"));
            }
        }
    }

    @Test
    void whatAKilledRecoveryBeganTheNextOneFinishes() throws Exception {
        try (var system = TestSystem.start("recover-killed", Map.of("PEDIDOS_SIGN_OF_LIFE_MS", "3600000"));
                var broker = system.broker();
                var holding = system.owner()) {
            var client = new Client(system.apiByLedger());
            for (int i = 0; i < FEW; i++) {
                client.post(Client.pedido("lost-" + i, "rcb-" + i, "nowhere:1"));
            }
            system.awaitCount("select count(*) from pedidos where not published", 0);
            for (var shard : SHARDS) {
                broker.purge(shard);
            }
            holding.setAutoCommit(false);
            holding.createStatement().execute("select from pedidos where pedido_id = 'lost-0' for update");

            var killed =
                    PedidosCommand.start("recover", "--url", system.stores().databaseUrl());
            broker.awaitReady(SHARDS, FEW - 1);
            killed.kill();
            holding.rollback();
            assertThat(broker.ready(SHARDS)).as("one is not recovered").isEqualTo(FEW - 1);
            var recovered =
                    PedidosCommand.run("recover", "--url", system.stores().databaseUrl());

            assertThat(recovered.exitCode()).as(recovered.output()).isZero();
            system.worker();
            system.awaitCount("select count(*) from pedidos where status = 'REJECTED'", FEW);
        }
    }
}
