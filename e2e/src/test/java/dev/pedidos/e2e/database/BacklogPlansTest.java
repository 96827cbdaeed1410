package dev.pedidos.e2e.database;

import dev.pedidos.e2e.system.Plans;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * How statements are planned while a backlog is worked off. At each stage they must find pedidos by ids or receivers, because
 * the other indexes contain the whole backlog. {@link PlansTest} has the last stage.
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
                    problems.assertThat(Plans.waysAround(plans.of(name)))
                            .as("%s, %d %% finished", name, percent)
                            .isEmpty();
                }
            }
        }
        problems.assertAll();
    }
}
