package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages that workers reject or the broker gives up reach the dead letters, and are recorded before. */
class RefusalQueueTest {

    /** As the shards are declared. */
    private static final int DELIVERY_LIMIT = 1_000;

    private static TestSystem system;
    private static Amqp amqp;
    private static Client client;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("refusals", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "1"));
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        amqp = new Amqp(system.stores());
    }

    @AfterAll
    static void stop() throws Exception {
        amqp.close();
        system.close();
    }

    @Test
    void aPedidoThatIsDeliveredTooOftenIsDeadAndItsReceiverGoesOn() throws Exception {
        Crowd.mustBeAccepted(client.post(Client.simulado("tireless", "rcb", "{}")));
        amqp.giveBackTimes(amqp.names().shardQueue(0), DELIVERY_LIMIT + 1);
        var letter = amqp.takeLetter();
        assertThat(letter.getProps().getMessageId()).isEqualTo("tireless");
        assertThat(Amqp.header(letter, "motivo")).isEqualTo("WORKER_DERRUBADO");
        assertThat(Amqp.header(letter, "shard")).isEqualTo(amqp.names().shardQueue(0));
        assertThat(client.get("/pedidos/tireless").text("status")).isEqualTo("DEAD_LETTERED");
        // Otherwise it is published again, because it was taken.
        operator.discard("tireless");

        Crowd.mustBeAccepted(client.post(Client.simulado("next", "rcb", "{}")));
        try (var worker = system.worker()) {
            system.awaitCount("select count(*) from pedidos where pedido_id = 'next' and status = 'COMPLETED'", 1);
            whatNoWorkerTakesReachesTheDeadLettersAtOnceAndCanBePutBack();
            assertThat(worker.isAlive()).isTrue();
        }
    }

    @Test
    void aRetryThatIsDeliveredTooOftenIsDeadToo() throws Exception {
        String shard = amqp.names().shardQueue(0);
        String body = Client.simulado("retried", "rcb-retried", "{}");
        Crowd.mustBeAccepted(client.post(body));
        purgePublished(shard, "retried");
        amqp.publish(amqp.names().retryExchange(Duration.ofSeconds(1)), "rcb-retried", Map.of(), "retried", body);
        amqp.giveBackTimes(shard, DELIVERY_LIMIT + 1);
        var letter = amqp.takeLetter();
        assertThat(letter.getProps().getMessageId()).isEqualTo("retried");
        assertThat(Amqp.header(letter, "motivo")).isEqualTo("WORKER_DERRUBADO");
        assertThat(Amqp.header(letter, "shard")).isEqualTo(shard);
        operator.discard("retried");
    }

    /** The program ends after it has recorded the dead letter. The message is delivered again. */
    @Test
    void theNextOneIsHandedOnThoughTheDeadLetterWasRecordedByAnEarlierDelivery() throws Exception {
        String shard = amqp.names().shardQueue(0);
        String body = Client.simulado("ended-before", "rcb-two", "{}");
        Crowd.mustBeAccepted(client.post(body));
        Crowd.mustBeAccepted(client.post(Client.simulado("parked-behind", "rcb-two", "{}")));
        purgePublished(shard, "ended-before", "parked-behind");
        var turns = new SqlTurns(system.ledger(), Duration.ofHours(1));
        try (var turn = turns.entered("rcb-two", "parked-behind")) {
            turn.park("parked-behind");
        }
        try (var turn = turns.entered("rcb-two", "ended-before")) {
            var failure = new Failure("DeliveryLimit", "too often");
            assertThat(turn.deadLetter(
                            new Version("ended-before", 0, 0, 0), "WORKER_DERRUBADO", failure, OnDeadLetter.CONTINUE))
                    .isPresent();
        }
        amqp.publish("", amqp.names().refusalQueue(), gaveUp(shard), "ended-before", body);
        try (var worker = system.worker()) {
            system.awaitCount(
                    "select count(*) from pedidos where pedido_id = 'parked-behind' and status = 'COMPLETED'", 1);
            assertThat(worker.isAlive()).isTrue();
        }
        assertThat(amqp.takeLetter().getProps().getMessageId()).isEqualTo("ended-before");
        operator.discard("ended-before");
        // The worker may have ended before it acknowledged.
        amqp.purge(shard);
    }

    /** Another session has the lock of one receiver. */
    @Test
    void aMessageThatCannotBeSettledLetsTheOnesBehindItPass() throws Exception {
        String shard = amqp.names().shardQueue(0);
        for (var id : List.of("locked", "free")) {
            Crowd.mustBeAccepted(client.post(Client.simulado(id, id, "{}")));
        }
        purgePublished(shard, "locked", "free");
        try (var holding = system.holdReceiver("locked")) {
            for (var id : List.of("locked", "free")) {
                amqp.publish("", amqp.names().refusalQueue(), gaveUp(shard), id, Client.simulado(id, id, "{}"));
            }
            assertThat(amqp.takeLetter().getProps().getMessageId()).isEqualTo("free");
            operator.discard("free");
            assertThat(holding.isClosed()).isFalse();
        }
        var letter = amqp.takeLetter();
        assertThat(letter.getProps().getMessageId()).isEqualTo("locked");
        assertThat(Amqp.header(letter, "motivo")).isEqualTo("WORKER_DERRUBADO");
        operator.discard("locked");
    }

    /** A pedido is answered a second after its insert at the latest, published or not. */
    private static void purgePublished(String shard, String... ids) throws Exception {
        system.awaitCount(
                "select count(*) from pedidos where published and pedido_id in ('" + String.join("', '", ids) + "')",
                ids.length);
        amqp.purge(shard);
    }

    private static Map<String, Object> gaveUp(String shard) {
        return Map.of("x-first-death-queue", shard, "x-first-death-reason", "delivery_limit");
    }

    private static void whatNoWorkerTakesReachesTheDeadLettersAtOnceAndCanBePutBack() throws Exception {
        String entry = amqp.names().entryExchange();
        amqp.publish(entry, "rcb", Map.of(), "", "no pedido");
        var unreadable = amqp.takeLetter();
        assertThat(Amqp.body(unreadable)).isEqualTo("no pedido");
        assertThat(Amqp.header(unreadable, "motivo")).isEqualTo("MENSAGEM_INVALIDA");

        String large = "{\"n\":[" + "1E+9,".repeat(60_000) + "1E+9]}";
        amqp.publish(entry, "rcb", Map.of(), "stranger", Client.simulado("stranger", "rcb", large));
        var stranger = amqp.takeLetter();
        assertThat(Amqp.header(stranger, "erro_mensagem")).contains("pedidos_queue");
        assertThat(system.count("select count(*) from operation_events where event_type = 'MENSAGEM_RECUSADA'"))
                .isEqualTo(2);
        assertThat(amqp.ready(amqp.names().refusalQueue())).isZero();

        assertThat(stranger.getBody()).hasSizeGreaterThan(256 * 1024);
        amqp.move(stranger, amqp.names().openQueue());
        system.awaitCount("select count(*) from pedidos where pedido_id = 'stranger' and status = 'COMPLETED'", 1);
    }
}
