package dev.pedidos.e2e.operation;

import static dev.pedidos.e2e.operation.OperationsClient.ADJUSTED;
import static dev.pedidos.e2e.operation.OperationsClient.COMPLETED;
import static dev.pedidos.e2e.operation.OperationsClient.CREATED;
import static dev.pedidos.e2e.operation.OperationsClient.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events of operations while a store is down, after a dead letter, of an older API, and forged ones. */
class OperationFaultsTest {
    private static TestSystem system;
    private static TcpProxy database;
    private static TcpProxy broker;
    private static Client client;
    private static OperationsClient operations;
    private static Amqp amqp;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("operation-faults", Map.of());
        database = new TcpProxy(system.stores().databaseUrl());
        broker = new TcpProxy(system.stores().amqpUri());
        var api = system.api(Map.of("DATABASE_URL", database.uri(), "AMQP_URI", broker.uri()));
        client = new Client(api);
        operations = new OperationsClient(api);
        system.worker();
        client.awaitLedgerPath();
        amqp = new Amqp(system.stores());
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try {
            Judging.assertEveryLawHolds(system, OperationsLaw.NAME);
        } finally {
            amqp.close();
            system.close();
            database.close();
            broker.close();
        }
    }

    @Test
    void aMessageOfThisTipoThatIsNoEventIsADeadLetterAndAForgedOneChangesNothing() throws Exception {
        String queue = amqp.names().openQueue();
        String forged =
                "{\"pedido_id\":\"forged\",\"tipo\":\"operacao\",\"recebedor_id\":\"forged\",\"origem\":\"api\","
                        + "\"dados\":{\"external_id\":\"forged\"," + CREATED + ",\"payload_hash\":\"00\"}}";
        amqp.publish(queue, forged);
        var letter = amqp.takeLetter();

        assertThat(Amqp.header(letter, "motivo")).isEqualTo("MENSAGEM_INVALIDA");
        assertThat(Amqp.header(letter, "erro_mensagem")).contains("dados.payload_hash", "pedido_id");
        assertThat(client.get("/operations/forged").status()).isEqualTo(404);
    }

    @Test
    void aDeadLetterThatIsMovedBackIsAppliedAndWhatWaitedForItToo() throws Exception {
        system.alter("alter table operation_outcomes add constraint broken check (external_id <> 'broken'"
                + " or event_type <> 'CREATED')");
        operations.post("broken", CREATED);
        var letter = amqp.takeLetter();
        assertThat(letter.getProps().getMessageId()).startsWith("operacao:");
        operations.post("broken", STARTED);
        operations.awaitEstado("broken", "STARTED", "WAITING", "");
        system.alter("alter table operation_outcomes drop constraint broken");
        amqp.move(letter, amqp.names().openQueue());

        operations.await("broken", "PROCESSING", 2, 1000L);
        assertThat(operations.estados("broken")).containsExactly("APPLIED ", "APPLIED ");
    }

    @Test
    void anEventThatAnOlderApiInsertedOpensItsOperation() throws Exception {
        var event = OperationReader.read(
                RootLocale.format("{\"external_id\":\"older\",%s}", CREATED).getBytes(StandardCharsets.UTF_8));
        Pedido pedido = event.pedido();
        system.ledger()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, relay_at)"
                                + " values (?, 1, ?, ?, ?, ?::jsonb, ?, now())",
                        pedido.pedidoId(),
                        pedido.tipo(),
                        pedido.recebedorId(),
                        pedido.origem(),
                        PedidoCodec.writePayload(pedido),
                        PayloadHash.of(pedido)));
        system.alter(
                "insert into operation_events (external_id, event_type, payload, payload_hash)"
                        + " select pedido_id, 'ACCEPTED', jsonb_build_object('ciclo', 0), '' from pedidos where recebedor_id = 'older'");

        operations.await("older", "PENDING", 1, 1000L);
        assertThat(operations.estados("older")).containsExactly("APPLIED ");
    }

    @Test
    void with202WhileEitherStoreIsDownEveryEventIsApplied() throws Exception {
        broker.cutOff();
        awaitReadiness("DEGRADED");
        assertThat(operations.post("broker-down", COMPLETED).statusCode()).isEqualTo(202);
        assertThat(operations.post("broker-down", CREATED).statusCode()).isEqualTo(202);
        broker.heal();
        awaitReadiness("READY");
        client.awaitLedgerPath();
        database.cutOff();
        awaitReadiness("DEGRADED");
        assertThat(operations.post("database-down", STARTED).statusCode()).isEqualTo(202);
        assertThat(operations.post("database-down", STARTED).statusCode()).isEqualTo(202);
        assertThat(operations.post("database-down", CREATED).statusCode()).isEqualTo(202);
        assertThat(operations
                        .post("database-down", ADJUSTED + ",\"recebedor_id\":\"other\"")
                        .statusCode())
                .isEqualTo(202);
        assertThat(operations.post("broker-down", STARTED).statusCode()).isEqualTo(202);
        database.heal();
        system.passTimeForConfirms();
        operations.await("database-down", "PROCESSING", 2, 1000L);
        operations.awaitEstado("database-down", "ADJUSTED", "REFUSED", "RECEBEDOR_DIFERENTE");
        operations.await("broker-down", "COMPLETED", 3, 1000L);
        client.awaitLedgerPath();

        var known = operations.post("database-down", ADJUSTED + ",\"recebedor_id\":\"other\"");
        assertThat(known.statusCode()).as("it was accepted before").isEqualTo(200);
    }

    private static void awaitReadiness(String status) {
        Awaitility.await(status)
                .until(() -> client.get("/readyz").text("status").equals(status));
    }
}
