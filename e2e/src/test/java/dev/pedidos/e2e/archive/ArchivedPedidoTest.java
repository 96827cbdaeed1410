package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.Listening;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.replay.StateAt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An archived pedido is answered, refused and cancelled as before, while the system runs. */
class ArchivedPedidoTest {

    private static TestSystem system;
    private static TestProgram api;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = Archiving.system("archived-pedido");
        api = system.apiByLedger();
        client = new Client(api);
        system.worker();
    }

    @AfterAll
    static void everyLawHolds() throws Exception {
        try {
            Judging.assertEveryLawHolds(system);
        } finally {
            system.close();
        }
    }

    @Test
    void anArchivedPedidoIsReadAsBefore() throws Exception {
        client.stock("read", 10);
        client.post(Client.pedido("read-1", "rcb-read", "read:2"));
        client.post(Client.pedido("read-2", "rcb-read", "read:90"));
        client.awaitStatus("read-1", "COMPLETED");
        client.awaitStatus("read-2", "REJECTED");
        var before = reads("read-1");
        Archiving.await(system, "read-1");
        Archiving.await(system, "read-2");

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
    void theStateOfOneThatWasAcceptedBeforeVersion10HasItsContent() throws Exception {
        client.stock("old", 10);
        client.post(Client.pedido("old", "rcb-old", "old:2"));
        Archiving.await(system, "old");
        system.alter("update pedidos_arquivados set payload = (select conteudo from eventos_arquivados"
                + " where external_id = 'old' and event_type = 'ACCEPTED') where pedido_id = 'old'");
        system.alter("alter table eventos_arquivados disable trigger all");
        system.alter("update eventos_arquivados set conteudo = null where external_id = 'old'");
        system.alter("alter table eventos_arquivados enable trigger all");

        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseAdminUrl()))) {
            assertThat(new StateAt(snapshot).of("old", Instant.now()))
                    .get(STRING)
                    .contains("\"itens\" : [{\"sku\": \"old\", \"quantidade\": 2}]");
        }
    }

    @Test
    void aListGoesFromTheTablesOfTheFleetIntoTheArchiveWithoutAGap() throws Exception {
        for (int i = 0; i < 6; i++) {
            client.post(Client.simulado("list-" + i, "rcb-list", i == 2 ? "{\"falha_permanente\":true}" : "{}"));
        }
        for (int i : new int[] {0, 1, 3, 4, 5}) {
            Archiving.await(system, "list-" + i);
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
        Archiving.await(system, "mixed-1");
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
        Archiving.await(system, "known");

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
        Archiving.await(system, "copy");

        assertThat(Archiving.decision(system, "copy", "rcb-copy", "{}")).isEqualTo(Decision.DUPLICATE);
        assertThat(Archiving.decision(system, "copy", "rcb-copy", "{\"demora_ms\":1}"))
                .isEqualTo(Decision.CONFLICT);
    }

    @Test
    void aCompletedOneIsCancelledAndItsStockReleasedOnce() throws Exception {
        client.stock("undo", 10);
        client.post(Client.pedido("undo", "rcb-undo", "undo:3"));
        Archiving.await(system, "undo");
        client.assertStock("undo", 7, 3);

        assertThat(client.cancel("undo").status()).isEqualTo(202);
        client.awaitStatus("undo", "CANCELLED");
        client.assertStock("undo", 10, 0);
        assertThat(client.get("/pedidos/undo").body().at("/itens/0/quantidade").asInt())
                .isEqualTo(3);
        Archiving.await(system, "undo");

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
        Archiving.await(system, "alive");
        assertThat(client.get("/pedidos/dead").text("status")).isEqualTo("DEAD_LETTERED");
        var operator = new Operator(system, api);

        assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode()).isEqualTo(202);
        system.awaitCount(
                "select count(*) from operation_events where external_id = 'dead' and event_type = 'DEAD_LETTERED'", 2);
        operator.discard("dead");
        Archiving.await(system, "dead");
        assertThat(operator.call("POST", "/dlq/dead/redrive", "").statusCode()).isEqualTo(409);
    }

    @Test
    void aStreamThatBeginsAgainAtAnOldEventHasThoseOfTheArchiveAndThenTheNewOnes() throws Exception {
        client.post(Client.simulado("stream-1", "rcb-stream", "{}"));
        Archiving.await(system, "stream-1");
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
}
