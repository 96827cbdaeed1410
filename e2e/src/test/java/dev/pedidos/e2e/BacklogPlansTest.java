package dev.pedidos.e2e;

import dev.pedidos.e2e.system.Plans;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * How statements are planned while a backlog is worked off, with the statistics of each stage ({@link PlansTest} has the end):
 * by ids and receivers too. An index of what waits, of what is due, or of a tipo has the whole backlog.
 */
class BacklogPlansTest {

    private static final int PEDIDOS = 20_000;

    @Test
    void pedidosAreFoundByTheirIdsOrTheirReceiversWhateverPartIsFinished() throws Exception {
        var problems = new SoftAssertions();
        try (var system = TestSystem.start("backlog_plans", Map.of())) {
            system.migrate();
            system.alter(RootLocale.format("""
                    insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, published, relay_at)
                    select 'p-' || n, n, 'pedido', 'r-' || n %% 300, 'web', '{}', '', true, now()
                    from generate_series(1, %d) n""", PEDIDOS));
            var plans = new Plans(system);
            for (int percent : new int[] {0, 30, 60, 80}) {
                system.alter(RootLocale.format(
                        "update pedidos set status = 'COMPLETED', relay_at = null where status = 'PENDING' and ordem <= %d",
                        PEDIDOS * percent / 100));
                system.alter("analyze");
                for (String name : Plans.byIdsOrReceivers()) {
                    String plan = plans.of(name);
                    problems.assertThat(Plans.indexes(plan))
                            .as("%s, %d %% finished", name, percent)
                            .filteredOn(index -> index.startsWith("pedidos_"))
                            .isSubsetOf(Plans.NARROW);
                    problems.assertThat(plan)
                            .as("%s, %d %% finished", name, percent)
                            .doesNotContainPattern("\"Seq Scan\",[^{}]*\"Relation Name\": \"pedidos\"");
                }
            }
        }
        problems.assertAll();
    }
}
