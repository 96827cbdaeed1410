package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FailureTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "PEDIDOS_HANDLER_SIMULADO", "on",
            "PEDIDOS_RETRY_BASE_MS", "50",
            "PEDIDOS_RETRY_MAX_MS", "400");

    private static TestSystem system;
    private static Client client;
    private static List<TestProgram> programs;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("failure", SETTINGS);
        var api = system.api();
        client = new Client(api);
        programs = List.of(api, system.worker());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aTransientFailureIsTriedAgainUntilItSucceeds() throws Exception {
        client.post(Client.simulado("twice", "rcb-a", "{\"falhas_transitorias\":2}"));
        awaitStatus("twice", "COMPLETED");

        assertThat(client.get("/pedidos/twice").number("tentativas")).isEqualTo(3);
        assertThat(events("twice"))
                .isEqualTo("ACCEPTED PROCESSING RETRY_SCHEDULED PROCESSING RETRY_SCHEDULED PROCESSING COMPLETED");
    }

    @Test
    void aRetryIsTriedAfterItsDelayThoughTheDatabasesClockWasSetBackByAnHourMeanwhile() throws Exception {
        system.alter("create function an_hour_ahead() returns trigger language plpgsql as $$ begin"
                + " new.proxima_tentativa_em := new.proxima_tentativa_em + interval '1 hour';"
                + " new.relay_at := new.relay_at + interval '1 hour';"
                + " new.atualizado_em := new.atualizado_em + interval '1 hour'; return new; end $$");
        system.alter(
                "create trigger before_the_step before update on pedidos for each row when (new.pedido_id = 'stepped'"
                        + " and new.agendamento > old.agendamento) execute function an_hour_ahead()");
        client.post(Client.simulado("stepped", "rcb-stepped", "{\"falhas_transitorias\":1}"));
        client.post(Client.simulado("after-stepped", "rcb-stepped", "{}"));
        awaitStatus("after-stepped", "COMPLETED");

        assertThat(client.get("/pedidos/stepped").number("tentativas")).isEqualTo(2);
        assertThat(events("stepped"))
                .as("tried early by no record: the second scheduling says that the delay has passed")
                .isEqualTo("ACCEPTED PROCESSING RETRY_SCHEDULED RETRY_SCHEDULED PROCESSING COMPLETED");
    }

    @Test
    void aRetryThatWasSetAsideIsTriedThoughTheDatabasesClockWasSetBackByAnHourMeanwhile() throws Exception {
        system.alter("create function mark() returns trigger language plpgsql as $$ begin"
                + " new.begun := 'another worker'; return new; end $$");
        system.alter("create trigger marked before update on pedidos for each row when (new.pedido_id = 'aside'"
                + " and new.agendamento > old.agendamento) execute function mark()");
        try (var another = system.owner();
                var lives = another.createStatement()) {
            lives.execute("select pg_advisory_lock(hashtextextended('another worker', 1))");
            long before = setAside();
            client.post(Client.simulado("aside", "rcb-aside", "{\"falhas_transitorias\":1}"));
            Awaitility.await("its retry is set aside").until(() -> setAside() > before);
            system.alter("update pedidos set begun = null, relay_at = relay_at + interval '1 hour',"
                    + " proxima_tentativa_em = proxima_tentativa_em + interval '1 hour',"
                    + " atualizado_em = atualizado_em + interval '1 hour' where pedido_id = 'aside'");
        }
        awaitStatus("aside", "COMPLETED");
    }

    private static long setAside() throws Exception {
        return programs.getLast().metric("pedidos_endings_total{ending=\"not-now\"}");
    }

    @Test
    void aParkedPedidoWhoseContentIsDamagedInTheLedgerIsGivenUpAndItsReceiverGoesOn() throws Exception {
        system.alter("create function damage() returns trigger language plpgsql as $$ begin"
                + " new.payload := '{\"itens\":[{\"sku\":1}]}'; return new; end $$");
        system.alter("create trigger damaged before insert on pedidos for each row"
                + " when (new.pedido_id like 'damaged-%') execute function damage()");
        try (var held = system.holdReceiver("rcb-damaged")) {
            client.post(Client.simulado("before-damaged", "rcb-damaged", "{\"falhas_transitorias\":4}"));
            client.post(Client.simulado("damaged-0", "rcb-damaged", "{}"));
            client.post(Client.simulado("after-damaged", "rcb-damaged", "{}"));
            system.awaitCount("select count(*) from pedidos where recebedor_id = 'rcb-damaged' and published", 3);
        }
        awaitStatus("after-damaged", "COMPLETED");

        assertThat(system.text("select status || ' ' || motivo || ': ' || erro_mensagem from pedidos"
                        + " where pedido_id = 'damaged-0'"))
                .startsWith("DEAD_LETTERED FALHA_PERMANENTE: its content in the ledger cannot be read");
        assertThat(programs.getLast().log()).doesNotContain("opening the connection again");
    }

    @Test
    void aPedidoWhoseContentIsDamagedInTheLedgerCanBeCancelled() throws Exception {
        system.alter("create function damage_more() returns trigger language plpgsql as $$ begin"
                + " new.payload := '{\"itens\":[{\"sku\":1}]}'; return new; end $$");
        system.alter("create trigger more_damaged before insert on pedidos for each row"
                + " when (new.pedido_id = 'cancelled-damaged') execute function damage_more()");
        try (var held = system.holdReceiver("rcb-cancelled")) {
            client.post(Client.simulado("before-cancelled", "rcb-cancelled", "{\"falhas_transitorias\":4}"));
            client.post(Client.simulado("cancelled-damaged", "rcb-cancelled", "{}"));
            system.awaitCount("select count(*) from pedidos where recebedor_id = 'rcb-cancelled' and published", 2);
            assertThat(client.cancel("cancelled-damaged").status()).isEqualTo(202);
        }
        client.post(Client.simulado("after-cancelled", "rcb-cancelled", "{}"));
        awaitStatus("after-cancelled", "COMPLETED");

        assertThat(client.get("/pedidos/before-cancelled").text("status")).isEqualTo("COMPLETED");
        assertThat(system.text("select status || ' ' || motivo from pedidos where pedido_id = 'cancelled-damaged'"))
                .isEqualTo("REJECTED CANCELADO");
        assertThat(programs.getLast().log()).doesNotContain("opening the connection again");
    }

    @Test
    void noLogNamesAReceiverByItsCnpjOrCpf() throws Exception {
        client.post(Client.simulado("12345678909:1", "11222333000181", "{\"falhas_transitorias\":1}"));
        client.post(Client.simulado("12345678909:2", "11222333000181", "{\"falha_permanente\":true}"));
        awaitStatus("12345678909:2", "DEAD_LETTERED");
        // It is logged after the commit.
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(programs.getLast().log()).contains("recebedor_id=***74fc", "pedido_id=***7ec9:2"));
        for (TestProgram program : programs) {
            assertThat(program.log()).doesNotContain("11222333000181", "12345678909");
        }
    }

    @Test
    void aPedidoThatNeverSucceedsIsDeadLetteredAfterItsAttempts() throws Exception {
        client.post(Client.simulado("never", "rcb-dead", "{\"falhas_transitorias\":99}"));
        client.post(Client.simulado("after", "rcb-dead", "{}"));
        awaitStatus("never", "DEAD_LETTERED");
        awaitStatus("after", "COMPLETED");

        assertThat(client.get("/pedidos/never").number("tentativas")).isEqualTo(5);
        assertThat(client.get("/pedidos/never").text("motivo")).isEqualTo("TENTATIVAS_ESGOTADAS");
        var letter = deadLetterOf("never");
        assertThat(new String(letter.getBody(), StandardCharsets.UTF_8)).startsWith("{\"pedido_id\":\"never\"");
        JsonNode dead = client.get("/dlq?recebedor_id=rcb-dead").body().at("/mortos/0");
        var headers = headers(letter);
        assertThat(headers.remove("shard")).startsWith("pedidos_queue.");
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("ledger", system.text("select ledger::text from fleet")),
                        entry("ciclo", "0"),
                        entry("agendamento", "4"),
                        entry("tentativa", "5"),
                        entry("tentativas", "5"),
                        entry("motivo", "TENTATIVAS_ESGOTADAS"),
                        entry("erro_classe", "TransientFailure"),
                        entry(
                                "primeira_falha_em",
                                dead.path("primeira_falha_em").stringValue()),
                        entry("ultima_falha_em", dead.path("ultima_falha_em").stringValue()),
                        entry("tipo", "simulado"),
                        entry("recebedor_id", "rcb-dead")));
        assertThat(headers.get("primeira_falha_em")).isLessThan(headers.get("ultima_falha_em"));
    }

    /** Without those of the broker. */
    private static Map<String, String> headers(GetResponse letter) {
        Map<String, String> headers = new HashMap<>();
        letter.getProps().getHeaders().forEach((name, value) -> {
            if (!name.startsWith("x-")) {
                headers.put(name, value.toString());
            }
        });
        return headers;
    }

    @Test
    void aPermanentFailureIsDeadLetteredAtOnce() throws Exception {
        client.post(Client.simulado("for-good", "rcb-b", "{\"falha_permanente\":true}"));
        awaitStatus("for-good", "DEAD_LETTERED");

        assertThat(client.get("/pedidos/for-good").number("tentativas")).isEqualTo(1);
        assertThat(client.get("/pedidos/for-good").text("motivo")).isEqualTo("FALHA_PERMANENTE");
        assertThat(deadLetterOf("for-good").getProps().getMessageId()).isEqualTo("for-good");
    }

    /** In a test of its own with its limit: slow starts must not fail in the other tests. */
    @Test
    void anAttemptThatHangsFailsAtItsLimit() throws Exception {
        var settings = new HashMap<>(SETTINGS);
        settings.put("PEDIDOS_HANDLER_LIMIT_MS", "500");
        try (var limited = TestSystem.start("limited", settings)) {
            var api = limited.api();
            limited.worker();
            new Client(api).post(Client.simulado("hangs", "rcb-hangs", "{\"demora_ms\":600000}"));
            limited.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED'", 1);

            assertThat(new Client(api).get("/pedidos/hangs").text("motivo")).isEqualTo("TENTATIVAS_ESGOTADAS");
            assertThat(limited.count("select count(*) from operation_events where external_id = 'hangs'"
                            + " and payload ->> 'erro_classe' = 'OverTime'"))
                    .isEqualTo(5);
        }
    }

    @Test
    void nothingInTheLedgerCanRewriteHistory() throws Exception {
        client.post(Client.simulado("history", "rcb-c", "{}"));
        awaitStatus("history", "COMPLETED");

        for (var change : new String[] {
            "update operation_events set event_type = 'REJECTED'",
            "delete from operation_events",
            "truncate operation_events"
        }) {
            assertThat(catchThrowable(() -> system.ledger().jdbi().useHandle(handle -> handle.execute(change))))
                    .as(change)
                    .hasMessageContaining("append-only");
        }
    }

    private static void awaitStatus(String id, String status) {
        Awaitility.await(id)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() ->
                        assertThat(client.get("/pedidos/" + id).text("status")).isEqualTo(status));
    }

    private static String events(String id) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select string_agg(event_type, ' ' order by id) from operation_events where"
                                        + " external_id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one());
    }

    private static GetResponse deadLetterOf(String id) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(system.stores().amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            return Awaitility.await("dead letter of " + id)
                    .until(
                            () -> {
                                GetResponse letter;
                                while ((letter = channel.basicGet("pedidos_dlq", false)) != null) {
                                    if (letter.getProps().getMessageId().equals(id)) {
                                        return letter;
                                    }
                                }
                                channel.basicRecover(true);
                                return null;
                            },
                            letter -> letter != null);
        }
    }
}
