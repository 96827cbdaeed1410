package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Rows as programs of version 0.1.0 leave them behind while an upgrade replaces these. */
@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class OlderProgramsTest {

    private static final int PEDIDOS = 40;
    private static final String DONE = "select count(*) from pedidos where status = 'REJECTED'";
    private static final String UNPUBLISHED = "select count(*) from pedidos where not published";
    /** That version has no column {@code published}. */
    private static final String MARK_AS_THEY_DO = "update pedidos set published = false, relay_at = null";

    @Test
    void recoverFindsPedidosThatTheyHaveMarked() throws Exception {
        try (var system = TestSystem.start("older-recover", Map.of("PEDIDOS_SIGN_OF_LIFE_MS", "3600000"))) {
            loseMarkedPedidos(system);

            var recovered =
                    PedidosCommand.run("recover", "--url", system.stores().databaseUrl());

            assertThat(recovered.exitCode()).as(recovered.output()).isZero();
            system.worker();
            system.awaitCount(DONE, PEDIDOS);
        }
    }

    @Test
    void theRelayFindsHeadsThatTheyHaveMarked() throws Exception {
        try (var system = TestSystem.start("older-heads", Map.of("PEDIDOS_SIGN_OF_LIFE_MS", "2000"))) {
            loseMarkedPedidos(system);
            system.worker();
            system.awaitCount(DONE, PEDIDOS);
        }
    }

    private static void loseMarkedPedidos(TestSystem system) throws Exception {
        try (var broker = system.broker()) {
            var client = new Client(system.apiByLedger());
            for (int i = 0; i < PEDIDOS; i++) {
                client.post(Client.pedido("lost-" + i, "rcb-" + i / 2, "nowhere:1"));
            }
            system.awaitCount(UNPUBLISHED, 0);
            system.alter(MARK_AS_THEY_DO);
            for (var shard : TestBroker.shardQueues(TestSystem.SHARDS)) {
                broker.purge(shard);
            }
        }
    }

    @Test
    void aDeadLetterOfTheirsIsListedAndHoldsUpNoOtherOfItsBatch() throws Exception {
        try (var system = TestSystem.start("older-letter", Map.of())) {
            var before = system.apiByLedger();
            var client = new Client(before);
            client.post(Client.pedido("dead", "rcb-dead", "nowhere:1"));
            client.post(Client.pedido("beside", "rcb-beside", "nowhere:1"));
            system.awaitCount(UNPUBLISHED, 0);
            before.stop();
            system.alter("update pedidos set status = 'DEAD_LETTERED', motivo = 'FALHA_PERMANENTE', tentativas = 1,"
                    + " published = false, relay_at = now() - interval '1 minute' where pedido_id = 'dead'");
            system.alter("insert into operation_events (external_id, event_type, payload, payload_hash)"
                    + " values ('dead', 'DEAD_LETTERED', '{\"ciclo\": 0, \"tentativa\": 1, \"motivo\": \"FALHA_PERMANENTE\","
                    + " \"erro_classe\": \"SomeError\", \"erro_mensagem\": \"some words\"}', '')");
            system.alter("update pedidos set published = false, relay_at = now() where pedido_id = 'beside'");

            var operator = new Operator(system, system.api());

            system.awaitCount("select count(*) from pedidos where not published and pedido_id = 'beside'", 0);
            Awaitility.await()
                    .until(() -> operator.get("/dlq?erro_classe=SomeError")
                            .at("/mortos/0/erro_mensagem")
                            .asString("")
                            .equals("some words"));
            try (var broker = system.broker()) {
                broker.awaitLetters(List.of("dead"));
            }
        }
    }
}
