package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Since;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldTest {

    private TestSystem system;
    private Client client;
    private Operator operator;
    private TestProgram worker;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("hold", Map.of("PEDIDOS_ON_DEAD_LETTER", "simulado=hold"));
        var api = system.api(Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        client = new Client(api);
        operator = new Operator(system, api);
        // Without the handler every simulado is dead-lettered.
        worker = system.worker();
    }

    @AfterEach
    void stop() {
        system.close();
    }

    /** A dead head with three pedidos behind it. */
    private void hold(String recebedor) throws Exception {
        client.post(Client.simulado(recebedor + "-0", recebedor, "{}"));
        for (int i = 1; i <= 3; i++) {
            client.post(Client.pedido(recebedor + "-" + i, recebedor, "nowhere:1"));
        }
        operator.awaitStatus(recebedor + "-0", "DEAD_LETTERED");
    }

    private void awaitFollowers(String recebedor) {
        system.awaitCount(
                RootLocale.format(
                        "select count(*) from pedidos where recebedor_id = '%s' and status = 'REJECTED'", recebedor),
                3);
    }

    private List<String> effects(String recebedor) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select external_id from operation_events where external_id like ? || '-%'"
                                        + " and event_type in ('COMPLETED', 'REJECTED') order by id")
                        .bind(0, recebedor)
                        .mapTo(String.class)
                        .list());
    }

    private int release(String recebedor, String action) throws Exception {
        return operator.call("POST", "/recebedores/" + recebedor + "/release", "{\"action\":\"" + action + "\"}")
                .statusCode();
    }

    /** The API discards it at once if it can; otherwise a worker does, although the line is held. */
    @Test
    void aCancelledDeadLetterThatHoldsItsReceiverIsDiscardedAlsoIfTheLockWasNotFree() throws Exception {
        hold("busy");
        try (var held = system.holdReceiver("busy")) {
            assertThat(operator.call("POST", "/pedidos/busy-0/cancel", "{}").statusCode())
                    .isEqualTo(202);
        }
        operator.awaitStatus("busy-0", "DISCARDED");
        awaitFollowers("busy");
    }

    /** The dead letter holds the line in which its own cancellation stands. */
    @Test
    void aDeadLetterWhoseCancellationComesBehindItIsDiscarded() throws Exception {
        hold("behind");
        Amqp.keepAccepted(system, message(new Cancelamento("behind-0", null).inLineOf("behind")));
        operator.awaitStatus("behind-0", "DISCARDED");
        awaitFollowers("behind");
        operator.awaitStatus(new Cancelamento("behind-0", null).pedidoId(), "COMPLETED");
    }

    @Test
    void aHeldReceiverWaitsUntilAnOperatorLetsItGoAndOthersDoNot() throws Exception {
        for (String recebedor : List.of("all", "discard", "retry", "skip")) {
            hold(recebedor);
        }
        client.post(Client.pedido("free", "free", "nowhere:1"));
        operator.awaitStatus("free", "REJECTED");
        system.awaitCount("select count(*) from pedidos where parked", 12);

        // As when the whole fleet was stopped for some minutes.
        String timePassed = "update pedidos set atualizado_em = now() - interval '5 minutes',"
                + " relay_at = case when parked then now() - interval '2 minutes' else relay_at end";
        for (Optional<Since> since :
                List.of(Optional.<Since>empty(), Optional.<Since>of(new Since.Ago(Duration.ofHours(1))))) {
            assertThat(Judging.broken(Judging.with(system, since, timePassed)))
                    .doesNotContain("nothing-parked-behind-a-finished-head");
        }

        assertThat(operator.all("/recebedores?retido=true&limit=3", "recebedores", "recebedor_id"))
                .containsExactly("all", "discard", "retry", "skip");
        assertThat(operator.all("/recebedores?limit=3", "recebedores", "recebedor_id"))
                .hasSize(4);
        assertThat(operator.get("/recebedores?retido=false").path("recebedores"))
                .isEmpty();
        var held = operator.get("/recebedores?retido=true&limit=1").at("/recebedores/0");
        assertThat(held.path("cabeca").asString("")).isEqualTo("all-0");
        assertThat(held.path("status").asString("")).isEqualTo("DEAD_LETTERED");
        assertThat(held.path("aguardando").asInt()).isEqualTo(3);
        assertThat(held.path("desde").asString("")).isNotEmpty();

        assertThat(release("skip", "skip_head")).isEqualTo(202);
        assertThat(release("all", "release_all")).isEqualTo(202);
        assertThat(operator.call("DELETE", "/dlq/discard-0", "{\"motivo\":\"x\"}")
                        .statusCode())
                .isEqualTo(200);
        for (String recebedor : List.of("all", "discard", "skip")) {
            awaitFollowers(recebedor);
            assertThat(release(recebedor, "skip_head")).isEqualTo(409);
        }
        assertThat(operator.events("recebedor:skip")).isEqualTo("RECEBEDOR_LIBERADO");
        operator.awaitStatus("skip-0", "DEAD_LETTERED");

        worker.stop();
        system.worker(Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        assertThat(effects("retry")).isEmpty();
        assertThat(release("retry", "retry_head")).isEqualTo(202);
        awaitFollowers("retry");
        assertThat(effects("retry")).containsExactly("retry-0", "retry-1", "retry-2", "retry-3");

        assertThat(operator.call("POST", "/dlq/skip-0/redrive", "").statusCode())
                .isEqualTo(202);
        operator.awaitStatus("skip-0", "COMPLETED");
        assertThat(effects("skip")).containsExactly("skip-1", "skip-2", "skip-3", "skip-0");
    }

    private static String message(Pedido pedido) {
        return new String(PedidoCodec.writeMessage(pedido), StandardCharsets.UTF_8);
    }
}
