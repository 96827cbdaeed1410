package dev.pedidos.e2e.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.cli.Main;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.replay.ProjectionSwitch;
import dev.pedidos.tools.proof.replay.ReplayWatch;
import dev.pedidos.tools.proof.replay.StateAt;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The projections are rebuilt from the events of a system that has retried, given up, redriven, cancelled and stocked. */
class ReplayTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static TestSystem system;
    private static Client client;
    private static Operator operator;
    private static Http http;

    @BeforeAll
    static void work() throws Exception {
        system = TestSystem.start(
                "replay",
                Map.of(
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "100",
                        "PEDIDOS_MAX_TENTATIVAS", "2",
                        "PEDIDOS_ON_DEAD_LETTER", "hold"));
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        http = new Http(api);
        system.worker();
        client.stock("x", 100);
        client.stock("y", 100);
        client.post(Client.pedido("done", "a", "x:2", "y:1"));
        client.post(Client.pedido("refused", "a", "x:1000"));
        client.post(Client.pedido("undone", "a", "x:5"));
        client.post(Client.simulado("retried", "b", "{\"falhas_transitorias\":1}"));
        client.post(Client.simulado("dead", "c", "{\"falha_permanente\":true}"));
        client.post(Client.simulado("redriven", "d", "{\"falhas_transitorias\":9}"));
        client.post(Client.simulado("held", "e", "{\"falha_permanente\":true}"));
        client.post(Client.simulado("waiting", "e", "{}"));
        for (String event : List.of(
                "\"STARTED\",\"payload\":{}",
                "\"CREATED\",\"payload\":{\"valor_centavos\":500}",
                "\"ADJUSTED\",\"payload\":{\"delta_centavos\":-200,\"referencia\":\"nota 7\"}",
                "\"CREATED\",\"payload\":{\"valor_centavos\":700}",
                "\"COMPLETED\",\"payload\":{}")) {
            assertThat(http.json("POST", "/operations", "{\"external_id\":\"op\",\"event_type\":" + event + "}")
                            .statusCode())
                    .isEqualTo(202);
        }
        client.awaitStatus("undone", "COMPLETED");
        client.cancel("undone");
        for (String dead : List.of("dead", "redriven", "held")) {
            client.awaitStatus(dead, "DEAD_LETTERED");
        }
        assertThat(operator.call("POST", "/recebedores/c/release", "{\"action\":\"skip_head\"}")
                        .statusCode())
                .isEqualTo(202);
        operator.call("POST", "/dlq/redriven/redrive", "");
        system.awaitCount(
                "select count(*) from pedidos where pedido_id = 'redriven' and ciclo = 1 and status = 'DEAD_LETTERED'",
                1);
        operator.discard("redriven");
        client.awaitStatus("undone", "CANCELLED");
        client.awaitStatus("retried", "COMPLETED");
        client.stock("y", 50);
        system.awaitCount("select count(*) from operations where status = 'COMPLETED' and version = 4", 1);
        system.awaitCount("select count(*) from pedidos where pedido_id = 'waiting' and parked", 1);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theEventsGiveEveryProjection() throws Exception {
        var result = Replays.run(system);
        assertThat(Replays.differing(result)).isEmpty();
        assertThat(result.withoutContent()).isZero();
        assertThat(result.events()).isEqualTo(system.count("select count(*) from todos_eventos"));
        assertThat(result.projections())
                .allSatisfy(one -> assertThat(one.rows()).isPositive());
    }

    @ParameterizedTest
    @MethodSource("dev.pedidos.e2e.laws.ReplayFault#all")
    void aDifferenceIsNamedAndMended(ReplayFault fault) throws Exception {
        for (String statement : fault.statements()) {
            system.alter(statement);
        }
        try (var replay = Replays.begun(system)) {
            var found = replay.run(ReplayWatch.NONE);
            assertThat(found.projections())
                    .filteredOn(one -> one.name().equals(fault.projection()))
                    .singleElement()
                    .satisfies(one -> assertThat(one.examples()).anyMatch(text -> text.startsWith(fault.id() + ": ")));
            var done = replay.putInPlace();
            assertThat(done.left()).isZero();
            assertThat(done.written())
                    .extracting(ProjectionSwitch.Written::projection)
                    .contains(fault.projection());
        }
        assertThat(Replays.differing(Replays.run(system))).isEmpty();
        Judging.assertEveryLawHolds(system);
    }

    @Test
    void theStateOfAnEarlierTimeIsRead() throws Exception {
        assertThat(at("retried", time("retried", "ACCEPTED").minusSeconds(1)).isEmpty())
                .isTrue();
        assertThat(at("retried", time("retried", "ACCEPTED")).path("status").asString(""))
                .isEqualTo("PENDING");
        var retrying = at("retried", time("retried", "RETRY_SCHEDULED"));
        assertThat(retrying.path("status").asString("")).isEqualTo("RETRYING");
        assertThat(retrying.path("tentativas").asInt()).isEqualTo(1);
        assertThat(retrying.path("ultima_falha_em").isNull()).isFalse();
        assertThat(at("retried", Instant.now()).path("status").asString("")).isEqualTo("COMPLETED");

        assertThat(at("redriven", time("redriven", "REDRIVEN")).path("ciclo").asInt())
                .isEqualTo(1);
        var completed = at("undone", time("undone", "COMPLETED"));
        assertThat(completed.at("/reservas/0/quantidade").asInt()).isEqualTo(5);
        assertThat(completed.at("/itens/0/sku").asString("")).isEqualTo("x");
        assertThat(at("undone", Instant.now()).path("reservas").isEmpty()).isTrue();

        assertThat(at("estoque:x", time("undone", "COMPLETED"))
                        .path("reservado")
                        .asInt())
                .isEqualTo(7);
        var now = at("estoque:x", Instant.now());
        assertThat(now.path("reservado").asLong())
                .isEqualTo(client.get("/estoque/x").number("reservado"));
        assertThat(now.path("disponivel").asLong())
                .isEqualTo(client.get("/estoque/x").number("disponivel"));

        var early = at("op", time("operacao/op", "OPERACAO_STARTED"));
        assertThat(early.path("status").isNull()).isTrue();
        assertThat(early.at("/events/0/estado").asString("")).isEqualTo("WAITING");
        assertThat(at("operacao/op", Instant.now()).path("valor_centavos").asInt())
                .isEqualTo(300);
        assertThat(at("nobody", Instant.now()).isEmpty()).isTrue();
    }

    @Test
    void theCommandTellsAndEndsWithItsResult() {
        var out = new StringWriter();
        var err = new StringWriter();
        assertThat(command(out, err, "replay", "--url", system.stores().databaseAdminUrl()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("events/s", "pedidos", "operation_outcomes");
        assertThat(command(
                        out,
                        err,
                        "replay",
                        "--url",
                        system.stores().databaseUrl(),
                        "--until",
                        Instant.now().toString(),
                        "--id",
                        "done"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("\"pedido_id\" : \"done\"");
    }

    @Test
    void theCommandRefusesTheRoleOfThePrograms() {
        assumeThat(system.stores().databaseUrl())
                .as("a role that owns no table")
                .isNotEqualTo(system.stores().databaseAdminUrl());
        var err = new StringWriter();
        assertThat(command(
                        new StringWriter(),
                        err,
                        "replay",
                        "--url",
                        system.stores().databaseUrl()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the role that owns the tables");
    }

    private static int command(StringWriter out, StringWriter err, String... line) {
        return Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(line);
    }

    private static JsonNode at(String id, Instant until) throws Exception {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseAdminUrl()))) {
            return new StateAt(snapshot).of(id, until).map(JSON::readTree).orElseGet(JSON::createObjectNode);
        }
    }

    private static Instant time(String externalId, String eventType) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select max(occurred_at) from operation_events where external_id = ? and event_type = ?")
                        .bind(0, externalId)
                        .bind(1, eventType)
                        .mapTo(Instant.class)
                        .one());
    }
}
