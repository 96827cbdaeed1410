package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.message.KeyedId;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages that others publish to pedidos_queue or move there. */
class OpenQueueTest {

    private static TestSystem system;
    private static TestProgram api;
    private static Amqp amqp;
    private static Client client;
    private static Operator operator;
    private static String queue;

    @BeforeAll
    static void start() throws Exception {
        system =
                TestSystem.start("open-queue", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_MAX_TENTATIVAS", "1"));
        api = system.apiByLedger();
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
        amqp = new Amqp(system.stores());
        queue = amqp.names().openQueue();
    }

    @AfterAll
    static void stop() throws Exception {
        amqp.close();
        system.close();
    }

    @Test
    void aPedidoIsTakenInAsByHttp() throws Exception {
        amqp.publish(queue, Client.simulado("amqp-1", "rcb", "{}"));
        operator.awaitStatus("amqp-1", "COMPLETED");
        assertThat(client.post(Client.simulado("amqp-1", "rcb", "{}")).status()).isEqualTo(200);
    }

    @Test
    void webhooksToAHostThatIsNotAllowedAreRefusedAsByHttp() throws Exception {
        String body = "{\"pedido_id\":\"calls-back\",\"tipo\":\"simulado\",\"recebedor_id\":\"r\",\"origem\":\"api\","
                + "\"callback_url\":\"https://somewhere.example/hook\"}";
        assertThat(client.post(body).status()).isEqualTo(422);
        amqp.publish(queue, body);
        system.awaitCount(
                "select count(*) from operation_events where event_type = 'MENSAGEM_RECUSADA'"
                        + " and payload::text like '%callback_url%'",
                1);
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'calls-back'"))
                .isZero();
    }

    @Test
    void aPedidoWithoutAnIdGetsThatOfItsMessageOrANewOne() throws Exception {
        String body = "{\"tipo\":\"simulado\",\"recebedor_id\":\"nameless\",\"origem\":\"api\"}";
        amqp.publish("", queue, Map.of(), "from-the-message", body);
        amqp.publish("", queue, Map.of(), "ORD/2026/1", body);
        amqp.publish("", queue, Map.of(), "ORD/2026/1", body);
        amqp.publish("", queue, Map.of(), "", body);
        system.awaitCount("select count(*) from pedidos where recebedor_id = 'nameless' and status = 'COMPLETED'", 3);
        operator.awaitStatus("from-the-message", "COMPLETED");
        operator.awaitStatus(KeyedId.ofMessage("ORD/2026/1"), "COMPLETED");
    }

    @Test
    void aKnownPedidoIsNotPublishedAgainAndOtherContentIsAConflict() throws Exception {
        Crowd.mustBeAccepted(client.post(Client.simulado("known", "rcb", "{}")));
        operator.awaitStatus("known", "COMPLETED");
        amqp.publish(queue, Client.simulado("known", "rcb", "{}"));
        amqp.publish(queue, Client.simulado("known", "rcb-other", "{}"));
        system.awaitCount(
                "select count(*) from operation_events where external_id = 'known' and event_type = 'CONFLICT'", 1);
        assertThat(system.count("select count(*) from operation_events where external_id = 'known'"
                        + " and event_type in ('ACCEPTED', 'COMPLETED')"))
                .isEqualTo(2);
    }

    @Test
    void ofTwoApisWithClocksThatDifferTheOneThatWasAnsweredFirstTakesEffectFirst() throws Exception {
        long accepted = system.ledger().readClock().micros() - 2_000_000;
        String slow = Client.simulado("answered-first", "two-apis", "{\"demora_ms\":1500}");
        amqp.publish("", queue, Map.of("aceito_em", accepted + 50_000), "", slow);
        system.awaitCount("select count(*) from pedidos where pedido_id = 'answered-first'", 1);
        String next = Client.simulado("sent-next", "two-apis", "{}");
        amqp.publish("", queue, Map.of("aceito_em", accepted + 23_000), "", next);
        system.awaitCount("select count(*) from pedidos where pedido_id = 'sent-next'", 1);
        long place = system.count("select ordem from pedidos where pedido_id = 'sent-next'");
        amqp.publish("", queue, Map.of("aceito_em", accepted + 23_000), "", next);
        amqp.publish(queue, Client.simulado("after-the-copy", "two-apis", "{}"));
        system.awaitCount("select count(*) from pedidos where pedido_id = 'after-the-copy'", 1);
        assertThat(system.count("select ordem from pedidos where pedido_id = 'sent-next'"))
                .as("a copy does not move it before the one that was answered first")
                .isEqualTo(place);
        operator.awaitStatus("sent-next", "COMPLETED");

        assertThat(system.count("select count(*) from operation_events first join operation_events next"
                        + " on first.id < next.id and first.event_type = 'COMPLETED' and next.event_type = 'COMPLETED'"
                        + " where first.external_id = 'answered-first' and next.external_id = 'sent-next'"))
                .isEqualTo(1);
    }

    /** An API that has just started asks the broker to keep new pedidos until the queue is empty. */
    @Test
    void anIdThatTheLedgerDoesNotHaveYetIsNotSaidToBeUnknown() throws Exception {
        Client started;
        try (var noIntake = system.withoutIntake()) {
            started = new Client(system.api());
            Crowd.mustBeAccepted(started.post(Client.simulado("not-yet", "rcb", "{}")));
            for (String path : List.of("/pedidos/not-yet", "/pedidos/not-yet/stream", "/operations/not-yet")) {
                assertThat(started.get(path).status()).as(path).isEqualTo(503);
            }
        }
        started.awaitLedgerPath();
        assertThat(started.get("/pedidos/not-yet").status()).isEqualTo(200);
        assertThat(started.get("/operations/not-yet").status()).isEqualTo(404);
    }

    @Test
    void pedidosOfOneReceiverThatCarryNoTimeKeepTheOrderOfTheQueue() throws Exception {
        try (var noIntake = system.withoutIntake()) {
            for (char id = 'h'; id >= 'a'; id--) {
                amqp.publish(queue, Client.simulado("untimed-" + id, "rcb-untimed", "{}"));
            }
        }
        system.awaitCount(
                "select count(*) from pedidos where recebedor_id = 'rcb-untimed' and status = 'COMPLETED'", 8);
        assertThat(system.text("select string_agg(right(pedido_id, 1), '' order by ordem, pedido_id) from pedidos"
                        + " where recebedor_id = 'rcb-untimed'"))
                .isEqualTo("hgfedcba");
    }

    @Test
    void anApiThatCannotInsertTakesNothing() throws Exception {
        system.ledger().jdbi().useTransaction(standby -> {
            standby.execute("set transaction read only");
            assertThat(standby.createQuery(Sql.named("try_intake_lock"))
                            .mapTo(Boolean.class)
                            .one())
                    .isFalse();
        });
    }

    @Test
    void aDeadLetterThatIsMovedHereIsRedrivenOnceHoweverManyCopiesThereAre() throws Exception {
        Crowd.mustBeAccepted(client.post(Client.simulado("dead", "rcb-dead", "{\"falha_permanente\":true}")));
        var letter = amqp.takeLetter("dead");
        amqp.move(letter, queue);
        amqp.move(letter, queue);
        var second = amqp.takeLetter("dead");
        assertThat(Amqp.header(second, "ciclo")).isEqualTo("1");
        amqp.move(letter, queue);
        amqp.publish(queue, Client.simulado("behind-the-copies", "rcb-behind", "{}"));
        operator.awaitStatus("behind-the-copies", "COMPLETED");

        assertThat(system.count("select count(*) from operation_events where external_id = 'dead'"
                        + " and event_type = 'REDRIVEN' and payload ->> 'por' = 'management-ui'"))
                .isEqualTo(1);
        operator.awaitStatus("dead", "DEAD_LETTERED");
        // Otherwise it is published again, because it was taken.
        operator.discard("dead");
    }

    /** The ledger was restored from a backup of before its redrive. */
    @Test
    void aDeadLetterOfAnotherCicloIsNotRedrivenAndTheLogSaysSo() throws Exception {
        String body = Client.simulado("restored", "rcb-restored", "{\"falha_permanente\":true}");
        Crowd.mustBeAccepted(client.post(body));
        operator.awaitStatus("restored", "DEAD_LETTERED");
        amqp.publish("", queue, Map.of("motivo", "FALHA_PERMANENTE", "ciclo", 1), "restored", body);

        Awaitility.await().until(() -> api.log().contains("a dead letter in pedidos_queue is not redriven"));
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'restored' and ciclo = 0"))
                .isOne();
        operator.discard("restored");
    }

    /** Its receiver's lock may be held for long. Meanwhile the queue goes on. */
    @Test
    void aDeadLetterWhoseReceiverIsBusyIsRedrivenLaterAndHoldsNothingUp() throws Exception {
        Crowd.mustBeAccepted(client.post(Client.simulado("busy", "rcb-busy", "{\"falha_permanente\":true}")));
        var letter = amqp.takeLetter("busy");
        try (var held = system.holdReceiver("rcb-busy")) {
            for (int copies = 0; copies < 20; copies++) {
                amqp.move(letter, queue);
            }
            amqp.publish(queue, Client.simulado("behind", "rcb-free", "{}"));
            operator.awaitStatus("behind", "COMPLETED");
            assertThat(system.count("select count(*) from pedidos where pedido_id = 'busy' and ciclo = 0"))
                    .isOne();
        }
        var second = amqp.takeLetter("busy");
        assertThat(Amqp.header(second, "ciclo")).isEqualTo("1");
        operator.discard("busy");
    }

    /** An intake that cannot insert gives its messages back, again and again, until the broker gives them up. */
    @Test
    void aMessageThatTheBrokerGaveUpHereIsTakenInAllTheSame() throws Exception {
        amqp.publish(
                "",
                amqp.names().refusalQueue(),
                Map.of("x-first-death-queue", queue, "x-first-death-reason", "delivery_limit"),
                "given-up",
                "{\"tipo\":\"simulado\",\"recebedor_id\":\"rcb\",\"origem\":\"api\"}");
        operator.awaitStatus("given-up", "COMPLETED");
    }

    private static void awaitEmptyQueue() {
        Awaitility.await(queue).until(() -> amqp.ready(queue) == 0);
    }
}
