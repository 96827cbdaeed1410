package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Listening;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.Headers;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is archived is answered, refused, cancelled as before, while the system runs. */
class ArchiveTest {

    private static TestSystem system;
    private static TestProgram api;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("archive", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_ARQUIVAR_APOS", "1s"));
        api = system.apiByLedger();
        client = new Client(api);
        system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void anArchivedPedidoIsReadAsBefore() throws Exception {
        client.stock("read", 10);
        client.post(Client.pedido("read-1", "rcb-read", "read:2"));
        client.post(Client.pedido("read-2", "rcb-read", "read:90"));
        client.awaitStatus("read-1", "COMPLETED");
        client.awaitStatus("read-2", "REJECTED");
        var before = reads("read-1");
        awaitArchived("read-1");
        awaitArchived("read-2");

        assertThat(reads("read-1")).isEqualTo(before);
        client.assertStock("read", 8, 2);
        assertThat(client.get("/pedidos/read-3").status()).isEqualTo(404);
    }

    private static List<JsonNode> reads(String id) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        for (String path : List.of(
                "/pedidos/" + id,
                "/pedidos/" + id + "/events",
                "/pedidos/" + id + "/events?limit=1",
                "/pedidos?recebedor_id=rcb-read",
                "/pedidos?recebedor_id=rcb-read&status=REJECTED",
                "/pedidos?recebedor_id=rcb-read&limit=1")) {
            var answer = client.get(path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            all.add(answer.body());
        }
        return all;
    }

    @Test
    void aListGoesFromTheTablesOfTheFleetIntoTheArchiveWithoutAGap() throws Exception {
        for (int i = 0; i < 6; i++) {
            client.post(Client.simulado("list-" + i, "rcb-list", i == 2 ? "{\"falha_permanente\":true}" : "{}"));
        }
        for (int i : new int[] {0, 1, 3, 4, 5}) {
            awaitArchived("list-" + i);
        }
        client.post(Client.simulado("list-6", "rcb-list", "{\"falha_permanente\":true}"));
        client.awaitStatus("list-6", "DEAD_LETTERED");

        List<String> ids = new ArrayList<>();
        String path = "/pedidos?recebedor_id=rcb-list&limit=2";
        var page = client.get(path).body();
        addIds(page, ids);
        while (!page.path("next_cursor").isNull()) {
            page = client.get(path + "&cursor=" + page.path("next_cursor").asString())
                    .body();
            addIds(page, ids);
        }
        assertThat(ids).containsExactly("list-6", "list-5", "list-4", "list-3", "list-2", "list-1", "list-0");
    }

    @Test
    void aPedidoThatIsBeingProcessedIsListedAsThatBesideArchivedOnes() throws Exception {
        client.post(Client.simulado("mixed-1", "rcb-mixed", "{}"));
        awaitArchived("mixed-1");
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, begun)"
                + " select 'mixed-2', ultima_ordem + 1, 'simulado', 'rcb-mixed', 'api', '{}', '', 'worker'"
                + " from arquivo");

        var list = client.get("/pedidos?recebedor_id=rcb-mixed").body().path("pedidos");
        assertThat(list.findValuesAsString("status")).containsExactly("PROCESSING", "COMPLETED");
        assertThat(client.get("/pedidos/mixed-2").body()).isEqualTo(list.get(0));
        system.alter("delete from pedidos where pedido_id = 'mixed-2'");
    }

    private static void addIds(JsonNode page, List<String> ids) {
        page.path("pedidos").forEach(each -> ids.add(each.path("pedido_id").asString()));
    }

    @Test
    void theSameContentIsADuplicateAndOtherContentAConflictThatIsRecordedOnce() throws Exception {
        client.post(Client.simulado("known", "rcb-known", "{}"));
        awaitArchived("known");

        var again = client.post(Client.simulado("known", "rcb-known", "{}"));
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(client.get("/pedidos/known").body());
        assertThat(client.post(Client.simulado("known", "rcb-known", "{\"demora_ms\":1}"))
                        .status())
                .isEqualTo(409);
        assertThat(client.post(Client.simulado("known", "rcb-known", "{\"demora_ms\":1}"))
                        .status())
                .isEqualTo(409);

        assertThat(types("known")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED", "CONFLICT");
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'known'"))
                .isZero();
    }

    @Test
    void aCopyThatIsRedeliveredIsADuplicateAndOtherContentUnderItsIdAConflict() throws Exception {
        client.post(Client.simulado("copy", "rcb-copy", "{}"));
        awaitArchived("copy");

        assertThat(decision("copy", "{}")).isEqualTo(Decision.DUPLICATE);
        assertThat(decision("copy", "{\"demora_ms\":1}")).isEqualTo(Decision.CONFLICT);
    }

    private static Decision decision(String id, String dados) throws Exception {
        byte[] body = Client.simulado(id, "rcb-copy", dados).getBytes(StandardCharsets.UTF_8);
        var candidate = Candidate.ofMessage(body, new Headers(Map.of()), true);
        try (var turn = new SqlTurns(system.ledger(), Duration.ofMinutes(1)).open()) {
            return Decision.on(candidate, turn.enter("rcb-copy", id).orElseThrow());
        }
    }

    @Test
    void aCompletedOneIsCancelledAndItsStockReleasedOnce() throws Exception {
        client.stock("undo", 10);
        client.post(Client.pedido("undo", "rcb-undo", "undo:3"));
        awaitArchived("undo");
        client.assertStock("undo", 7, 3);

        assertThat(client.cancel("undo").status()).isEqualTo(202);
        client.awaitStatus("undo", "CANCELLED");
        client.assertStock("undo", 10, 0);
        assertThat(client.get("/pedidos/undo").body().at("/itens/0/quantidade").asInt())
                .isEqualTo(3);
        awaitArchived("undo");

        assertThat(client.cancel("undo").status()).isEqualTo(200);
        client.assertStock("undo", 10, 0);
        assertThat(types("undo")).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED", "CANCELLED");
        assertThat(system.count("select count(*) from todas_reservas where pedido_id = 'undo'"))
                .isZero();
    }

    @Test
    void aDeadLetterStaysAndIsRedrivenAndOnceItIsDiscardedItIsArchivedAndNoDeadLetterAnyMore() throws Exception {
        client.post(Client.simulado("dead", "rcb-dead", "{\"falha_permanente\":true}"));
        client.post(Client.simulado("alive", "rcb-dead", "{}"));
        awaitArchived("alive");
        assertThat(client.get("/pedidos/dead").text("status")).isEqualTo("DEAD_LETTERED");
        var operator = new Operator(system, api);

        assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode()).isEqualTo(202);
        system.awaitCount(
                "select count(*) from operation_events where external_id = 'dead' and event_type = 'DEAD_LETTERED'", 2);
        operator.discard("dead");
        awaitArchived("dead");
        assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode()).isEqualTo(409);
    }

    @Test
    void aStreamThatBeginsAgainAtAnOldEventHasThoseOfTheArchiveAndThenTheNewOnes() throws Exception {
        client.post(Client.simulado("stream-1", "rcb-stream", "{}"));
        awaitArchived("stream-1");
        try (var pedido = Listening.to(api, "/pedidos/stream-1/stream", null);
                var recebedor = Listening.to(api, "/stream?recebedor_id=rcb-stream", 0L)) {
            Awaitility.await().until(pedido::isOver);
            client.post(Client.simulado("stream-2", "rcb-stream", "{}"));
            Awaitility.await().until(() -> recebedor.events().size() == 6);

            assertThat(pedido.types()).containsExactly("ACCEPTED", "PROCESSING", "COMPLETED");
            assertThat(recebedor.types())
                    .containsExactly("ACCEPTED", "PROCESSING", "COMPLETED", "ACCEPTED", "PROCESSING", "COMPLETED");
        }
    }

    @Test
    void aMonthIsExportedAndDroppedAndItsPedidosStayKnown(@TempDir Path folder) throws Exception {
        client.stock("old", 10);
        acceptedInJanuary2020(Client.simulado("old", "rcb-old", "{}"));
        acceptedInJanuary2020(Client.pedido("old-2", "rcb-old", "old:4"));
        awaitArchived("old");
        awaitArchived("old-2");
        assertThat(system.count("select count(*) from eventos_arquivados_2020_01"))
                .isEqualTo(6);

        String file = folder.resolve("month.gz").toString();
        String owner = system.stores().databaseAdminUrl();
        assertThat(PedidosCommand.run("archive", "export", "2020-01", file, "--url", owner)
                        .output())
                .contains("2 pedidos of 2020-01");
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(file))), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).contains("\"pedido_id\": \"old\"", "\"event_type\": \"COMPLETED\"");
        }
        // As while a cancellation undoes it, and until the archiver takes it again. It does not take dead letters.
        system.alter("do $$ begin perform unarchive_pedido('old-2');"
                + " update pedidos set status = 'DEAD_LETTERED' where pedido_id = 'old-2'; end $$");
        var refused = PedidosCommand.run("archive", "drop", "2020-01", "--yes", "--url", owner);
        assertThat(refused.exitCode()).as(refused.output()).isOne();
        assertThat(refused.output()).contains("the pedido old-2 of this month was cancelled", "Nothing was dropped");
        system.alter("update pedidos set status = 'COMPLETED' where pedido_id = 'old-2'");
        awaitArchived("old-2");

        var dropped = PedidosCommand.run("archive", "drop", "2020-01", "--yes", "--url", owner);
        assertThat(dropped.exitCode()).as(dropped.output()).isZero();
        assertThat(system.text("select coalesce(to_regclass('eventos_arquivados_2020_01')::text, 'none')"))
                .isEqualTo("none");

        var pedido = client.get("/pedidos/old");
        assertThat(pedido.text("status")).isEqualTo("COMPLETED");
        assertThat(pedido.body().path("itens").isNull()).isTrue();
        assertThat(client.post(Client.simulado("old", "rcb-old", "{}")).status())
                .isEqualTo(200);
        assertThat(client.post(Client.simulado("old", "rcb-old", "{\"demora_ms\":1}"))
                        .status())
                .isEqualTo(409);
        assertThat(client.cancel("old").status()).isEqualTo(409);
        assertThat(decision("old", "{}")).isNotEqualTo(Decision.PROCESS);
        assertThat(system.count("select count(*) from pedidos where pedido_id = 'old'"))
                .isZero();
        client.assertStock("old", 6, 4);
        assertThat(system.count("select sum(quantidade) from todas_reservas where sku = 'old'"))
                .isEqualTo(4);
    }

    /** By the broker, in a manner of speaking: its place is that time. */
    private static void acceptedInJanuary2020(String json) throws Exception {
        var pedido = PedidoCodec.readMessage(json.getBytes(StandardCharsets.UTF_8));
        new PedidoInserts(system.ledger(), Duration.ZERO)
                .insert(List.of(NewPedido.of(pedido, true, 1_578_000_000_000_000L)));
    }

    @Test
    void nobodyChangesAnArchivedEventOrDeletesOneThatIsNotArchived() throws Exception {
        client.post(Client.simulado("kept", "rcb-kept", "{}"));
        awaitArchived("kept");
        String part = "eventos_arquivados_" + system.text("select to_char(now() at time zone 'UTC', 'YYYY_MM')");

        for (String change : List.of(
                "update eventos_arquivados set event_type = 'REJECTED'",
                "delete from eventos_arquivados",
                "truncate eventos_arquivados",
                "update " + part + " set event_type = 'REJECTED'",
                "delete from " + part,
                "truncate " + part,
                "delete from operation_events")) {
            client.stock("kept", 1);
            assertThat(catchThrowable(() -> system.alter(change))).as(change).hasMessageContaining("append-only");
        }
    }

    @Test
    void theTablesOfTheArchiveHaveTheColumnsOfThoseThatTheyComeFrom() {
        for (String[] pair : new String[][] {
            {"pedidos", "pedidos_arquivados"},
            {"operation_events", "eventos_arquivados"},
            {"reservas", "reservas_arquivadas"}
        }) {
            assertThat(columns(pair[1]))
                    .as(pair[1])
                    .isEqualTo((pair[0].equals("pedidos") ? "" : "ordem bigint, ") + columns(pair[0]));
        }
        assertThat(columns("todos_pedidos")).isEqualTo(columns("pedidos"));
        assertThat(columns("todos_eventos")).isEqualTo(columns("operation_events"));
        assertThat(columns("todas_reservas")).isEqualTo(columns("reservas"));
    }

    private static String columns(String table) {
        return system.text("select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)"
                + " from pg_attribute where attrelid = '" + table + "'::regclass and attnum > 0 and not attisdropped");
    }

    @Test
    void theLawsHoldOfWhatIsArchivedAndWhatIsNot() throws Exception {
        client.stock("law", 100);
        for (int i = 0; i < 20; i++) {
            client.post(Client.pedido("law-" + i, "rcb-law-" + i % 3, "law:" + (i + 1)));
        }
        awaitArchived("law-0");
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            assertThat(LedgerLaws.checkRunning(snapshot))
                    .allSatisfy(
                            law -> assertThat(law.holds()).as(law.toString()).isTrue());
        }
    }

    private static List<String> types(String id) throws Exception {
        return StreamSupport.stream(
                        client.get("/pedidos/" + id + "/events")
                                .body()
                                .path("events")
                                .spliterator(),
                        false)
                .map(event -> event.path("event_type").asString())
                .toList();
    }

    private static void awaitArchived(String id) {
        system.awaitCount(RootLocale.format("select count(*) from pedidos_arquivados where pedido_id = '%s'", id), 1);
    }
}
