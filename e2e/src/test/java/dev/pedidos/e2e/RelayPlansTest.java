package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.Sql;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How the relay's statements are planned with statistics from an hour when nothing waited. A plan that reads the index of all rows that
 * have a time took 25 s for 10,000 heads.
 */
class RelayPlansTest {

    @Test
    void rowsAreFoundByTheirIdsAlone() throws Exception {
        try (var system = TestSystem.start("plans", Map.of())) {
            system.migrate();
            system.alter(
                    "insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash)"
                            + " select 'p-' || n, n, 'pedido', 'r-' || n, 'web', 'COMPLETED', '{}', ''"
                            + " from generate_series(1, 20000) n");
            system.alter("analyze pedidos");
            for (String statement : new String[] {heads(), marks()}) {
                String plan = system.text("explain (format json) " + statement);
                assertThat(plan).contains("pedidos_pkey").doesNotContain("pedidos_relay");
            }
        }
    }

    private static String heads() {
        return Sql.named("heads_for_relay").replace("?", "30");
    }

    private static String marks() {
        return Sql.named("mark_published")
                .replace("?::text[]", "array['p-1', 'p-2']")
                .replace("?::integer[]", "array[0, 0]")
                .replace("?", "30");
    }
}
