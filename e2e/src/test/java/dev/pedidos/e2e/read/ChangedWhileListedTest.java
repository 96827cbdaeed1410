package dev.pedidos.e2e.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.read.PedidoReads;
import dev.pedidos.shared.ledger.read.PedidoReads.Filter;
import dev.pedidos.shared.text.RootLocale;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page is chosen in one snapshot, and its answers are read in a later one: pedidos change in between. */
class ChangedWhileListedTest {
    private static final JsonMapper JSON = new JsonMapper();

    private TestSystem system;
    private PedidoReads reads;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("changed-while-listed", Map.of());
        system.migrate();
        reads = new PedidoReads(system.ledger(), 1_000_000);
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash)"
                + " select 'p-' || n, n, 'simulado', 'rcb', 'api', 'PENDING', '{}', '' from generate_series(1, 4) n");
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void aListOfAStatusHasOnlyPedidosThatAreShownInIt() {
        List<String> pending = listed("PENDING");
        assertThat(pending).containsExactly("p-4", "p-3", "p-2", "p-1");
        complete("p-2");
        system.alter("update pedidos set begun = 'worker' where pedido_id = 'p-3'");

        assertThat(shown(pending, Optional.of("PENDING"))).containsExactly("p-4 PENDING", "p-1 PENDING");
        assertThat(shown(pending, Optional.of("PROCESSING"))).containsExactly("p-3 PROCESSING");
        assertThat(shown(pending, Optional.empty()))
                .containsExactly("p-4 PENDING", "p-3 PROCESSING", "p-2 COMPLETED", "p-1 PENDING");
    }

    @Test
    void oneThatIsArchivedMeanwhileIsShownInItsStatusOnly() {
        List<String> pending = listed("PENDING");
        complete("p-1");
        complete("p-2");
        List<String> completed = listed("COMPLETED");
        archive("p-1");

        assertThat(shown(pending, Optional.of("PENDING"))).containsExactly("p-4 PENDING", "p-3 PENDING");
        assertThat(shown(completed, Optional.of("COMPLETED"))).containsExactly("p-2 COMPLETED", "p-1 COMPLETED");
    }

    private List<String> listed(String status) {
        var filter = new Filter(Optional.of(status), Optional.empty(), Optional.empty());
        return reads.page(filter, Optional.empty(), 10).pedidoIds();
    }

    private List<String> shown(List<String> ids, Optional<String> status) {
        return reads.answers(ids, status).stream()
                .map(answer -> JSON.readTree(new String(answer, StandardCharsets.UTF_8)))
                .map(ChangedWhileListedTest::line)
                .toList();
    }

    private static String line(JsonNode pedido) {
        return pedido.path("pedido_id").stringValue() + " "
                + pedido.path("status").stringValue();
    }

    private void complete(String id) {
        system.alter("update pedidos set status = 'COMPLETED', relay_at = null where pedido_id = '" + id + "'");
    }

    private void archive(String id) {
        system.alter(RootLocale.format(
                "do $$ begin perform open_archive_month(archive_month(1)); perform archive_pedidos(array['%s']); end $$",
                id));
    }
}
