package dev.pedidos.e2e.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST /pedidos/{id}/cancel, whatever the pedido is doing. */
class CancelTest {

    /** A head that has failed holds its receiver until it is cancelled. */
    private static final String FAILS = "{\"falhas_transitorias\":1}";

    private static TestSystem system;
    private static Client client;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "cancel",
                Map.of(
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "60000",
                        "PEDIDOS_MAX_TENTATIVAS", "2"));
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void onThatComesBeforeItsPedidoIsRememberedAndThePedidoHasNoEffect() throws Exception {
        client.stock("early", 10);
        var answer = client.cancel("early-1");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("pedido_id")).isEqualTo("early-1");
        assertThat(answer.text("status")).isEqualTo("UNKNOWN");

        Crowd.mustBeAccepted(client.post(Client.pedido("early-1", "rcb-early", "early:8")));
        client.awaitStatus("early-1", "REJECTED");
        var pedido = client.get("/pedidos/early-1");
        assertThat(pedido.text("motivo")).isEqualTo("CANCELADO");
        assertThat(pedido.number("tentativas")).isZero();
        client.assertStock("early", 10, 0);
        assertThat(client.cancel("early-1").status()).isEqualTo(200);
    }

    @Test
    void aWaitingOneEndsInItsTurnAndThoseBehindItGoOn() throws Exception {
        client.post(Client.simulado("waiting-0", "rcb-waiting", FAILS));
        client.awaitStatus("waiting-0", "RETRYING");
        client.post(Client.simulado("waiting-1", "rcb-waiting", "{}"));
        client.post(Client.simulado("waiting-2", "rcb-waiting", "{}"));

        var answer = client.cancel("waiting-1");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("PENDING");

        client.cancel("waiting-0");
        client.awaitStatus("waiting-2", "COMPLETED");
        client.awaitStatus("waiting-1", "REJECTED");
        assertThat(effects("rcb-waiting")).containsExactly("waiting-0", "waiting-1", "waiting-2");
    }

    @Test
    void oneThatWaitsForItsNextAttemptEndsAtOnceAndItsReceiverGoesOn() throws Exception {
        client.post(Client.simulado("retrying-1", "rcb-retrying", FAILS));
        client.post(Client.simulado("retrying-2", "rcb-retrying", "{}"));
        client.awaitStatus("retrying-1", "RETRYING");

        var answer = client.cancel("retrying-1");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("status")).isEqualTo("RETRYING");

        client.awaitStatus("retrying-1", "REJECTED");
        client.awaitStatus("retrying-2", "COMPLETED");
        assertThat(client.get("/pedidos/retrying-1").number("tentativas")).isEqualTo(1);
    }

    /** The API looked at its pedido before the failure; then the database was down, and the broker kept the cancellation. */
    @Test
    void oneThatComesOutOfTheOpenQueueEndsTheWaitOfItsPedido() throws Exception {
        client.post(Client.simulado("unseen", "rcb-unseen", FAILS));
        client.awaitStatus("unseen", "RETRYING");

        Amqp.keepAccepted(system, message(new Cancelamento("unseen", null).inLineOf("rcb-unseen")));

        client.awaitStatus("unseen", "REJECTED");
        client.awaitStatus(new Cancelamento("unseen", null).pedidoId(), "COMPLETED");
    }

    /** 0.1.0 let clients choose such ids. */
    @Test
    void oneWhoseCancellationsIdBelongsToAnotherPedidoIsNotSaidToBeCancelled() throws Exception {
        String taken = new Cancelamento("robbed", null).pedidoId();
        Amqp.keepAccepted(system, Client.simulado(taken, "rcb-taken", "{}"));
        client.awaitStatus(taken, "COMPLETED");

        assertThat(client.cancel("robbed").status()).isEqualTo(500);

        client.post(Client.simulado("robbed", "rcb-robbed", "{}"));
        client.awaitStatus("robbed", "COMPLETED");
    }

    @Test
    void oneWhoseCancellationIsStillInTheOpenQueueIsNotTriedEarlier() throws Exception {
        client.post(Client.simulado("not-yet", "rcb-not-yet", FAILS));
        client.awaitStatus("not-yet", "RETRYING");

        var cancellations = new Cancellations(system.ledger());
        assertThat(cancellations.applyNow(new Cancelamento("not-yet", null))).contains(PedidoStatus.RETRYING);

        assertThat(system.count("select agendamento from pedidos where pedido_id = 'not-yet'"))
                .as("a worker that tried it now would not know of the cancellation")
                .isEqualTo(1);
    }

    @Test
    void oneWhoseAttemptGoesOnIsAnsweredInTheStateThatItIsShownIn() throws Exception {
        client.post(Client.simulado("shown-1", "rcb-shown", FAILS));
        client.awaitStatus("shown-1", "RETRYING");
        client.post(Client.simulado("shown-2", "rcb-shown", "{}"));
        system.awaitCount("select count(*) from pedidos where pedido_id = 'shown-2' and parked", 1);
        system.alter("update pedidos set begun = 'a worker' where pedido_id = 'shown-2'");
        assertThat(client.get("/pedidos/shown-2").text("status")).isEqualTo("PROCESSING");

        assertThat(client.cancel("shown-2").text("status")).isEqualTo("PROCESSING");

        client.cancel("shown-1");
        client.awaitStatus("shown-2", "REJECTED");
    }

    @Test
    void oneThatIsBeingProcessedIsEndedOrUndone() throws Exception {
        client.post(Client.simulado("processed-1", "rcb-processed", "{\"demora_ms\":700}"));
        client.post(Client.simulado("processed-2", "rcb-processed", "{}"));

        assertThat(client.cancel("processed-1").status()).isEqualTo(202);

        client.awaitStatus("processed-2", "COMPLETED");
        Awaitility.await()
                .until(() -> List.of("REJECTED", "CANCELLED")
                        .contains(client.get("/pedidos/processed-1").text("status")));
    }

    @Test
    void ofACompletedOneTheStockIsReleasedOnceHoweverOftenItIsCancelled() throws Exception {
        client.stock("undone", 10);
        client.post(Client.pedido("undone-1", "rcb-undone", "undone:8"));
        client.awaitStatus("undone-1", "COMPLETED");
        client.assertStock("undone", 2, 8);

        List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(client.cancelAsync("undone-1"));
        }
        for (var answer : answers) {
            assertThat(answer.get().status()).isIn(202, 200);
        }
        client.post(Client.pedido("undone-2", "rcb-undone", "undone:9"));
        client.awaitStatus("undone-1", "CANCELLED");
        client.awaitStatus("undone-2", "COMPLETED");

        client.assertStock("undone", 1, 9);
        assertThat(client.get("/pedidos/undone-1").text("motivo")).isEqualTo("CANCELADO");
        var events = client.get("/pedidos/undone-1/events").body().path("events");
        var last = events.get(events.size() - 1);
        assertThat(last.path("event_type").asString("")).isEqualTo("CANCELLED");
        assertThat(last.at("/payload/liberado/reservas/0/quantidade").asInt()).isEqualTo(8);
        var again = client.cancel("undone-1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("status")).isEqualTo("CANCELLED");
    }

    /** An idle worker often undoes it before the API looks at it again. */
    @Test
    void completedOnesAreAnsweredAsTheyWereFound() throws Exception {
        int many = 30;
        for (int i = 0; i < many; i++) {
            client.post(Client.simulado("fast-" + i, "rcb-fast-" + i, "{}"));
        }
        for (int i = 0; i < many; i++) {
            client.awaitStatus("fast-" + i, "COMPLETED");
            var answer = client.cancel("fast-" + i);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            assertThat(answer.text("status")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aDeadLetterIsDiscarded() throws Exception {
        client.post(Client.simulado("dead-1", "rcb-dead", "{\"falha_permanente\":true}"));
        client.awaitStatus("dead-1", "DEAD_LETTERED");

        var answer = client.cancel("dead-1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("DISCARDED");
        assertThat(operator.call("POST", "/dlq/dead-1/redrive", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void whatNoHandlerCanUndoIsNotCancellable() throws Exception {
        client.post(Client.simulado("final-1", "rcb-final", "{}"));
        client.awaitStatus("final-1", "COMPLETED");
        String cancellation = new Cancelamento("final-1", null).pedidoId();
        client.cancel("final-1");
        client.awaitStatus(cancellation, "COMPLETED");

        var answer = client.cancel(cancellation);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("type")).isEqualTo("/problems/not-cancellable");
        for (String notYetThere : List.of(new Cancelamento("later", null).pedidoId(), "operacao:later")) {
            assertThat(client.cancel(notYetThere).status()).isEqualTo(409);
        }

        system.alter("update tipos set desfaz = false where tipo = 'simulado'");
        try {
            client.post(Client.simulado("final-2", "rcb-final", "{}"));
            client.awaitStatus("final-2", "COMPLETED");
            assertThat(client.cancel("final-2").status()).isEqualTo(409);
            assertThat(client.get("/pedidos/final-2").text("status")).isEqualTo("COMPLETED");
        } finally {
            system.alter("update tipos set desfaz = true where tipo = 'simulado'");
        }
    }

    @Test
    void oneWhoseCancellationWasForgottenBeforeItCameIsNotCancellable() throws Exception {
        client.cancel("forgotten");
        client.awaitStatus(new Cancelamento("forgotten", null).pedidoId(), "COMPLETED");
        system.alter("update cancelamentos set aceito_em = now() - interval '31 days' where pedido_id = 'forgotten'");
        client.post(Client.simulado("forgotten", "rcb-forgotten", "{}"));
        client.awaitStatus("forgotten", "COMPLETED");

        assertThat(client.cancel("forgotten").status()).isEqualTo(409);
        assertThat(client.get("/pedidos/forgotten").text("status")).isEqualTo("COMPLETED");
    }

    @Test
    void faultsAreNamedAndTheTipoIsReserved() throws Exception {
        assertThat(operator.call("POST", "/pedidos/faulty-1/cancel", "{\"motivo\":5,\"x\":1}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(operator.call("POST", "/pedidos/faulty-1/cancel", "{\"motivo\":\"" + "x".repeat(201) + "\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(operator.call("POST", "/pedidos/faulty-1/cancel", "{").statusCode())
                .isEqualTo(400);
        assertThat(operator.call("POST", "/pedidos/a,b/cancel", "{}").statusCode())
                .isEqualTo(404);
        var reserved = client.post("{\"tipo\":\"cancelamento\",\"recebedor_id\":\"r\",\"origem\":\"api\"}");
        assertThat(reserved.status()).isEqualTo(422);
        assertThat(reserved.body().at("/errors/0/field").asString("")).isEqualTo("tipo");
        assertThat(client.post(Client.simulado("cancelamento:1", "r", "{}")).status())
                .isEqualTo(422);
    }

    /** In the order in which they took effect. */
    private static List<String> effects(String recebedorId) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select e.external_id from operation_events e join pedidos p on p.pedido_id = e.external_id"
                                        + " where p.recebedor_id = :r and p.tipo = 'simulado'"
                                        + " and e.event_type in ('COMPLETED', 'REJECTED') order by e.id")
                        .bind("r", recebedorId)
                        .mapTo(String.class)
                        .list());
    }

    private static String message(Pedido pedido) {
        return new String(PedidoCodec.writeMessage(pedido), StandardCharsets.UTF_8);
    }
}
