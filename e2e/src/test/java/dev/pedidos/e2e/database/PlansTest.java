package dev.pedidos.e2e.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Plans;
import dev.pedidos.e2e.system.TestSystem;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How statements are planned with statistics from an hour when nothing waited and nothing was dead: decision 0061. The index of
 * waiting pedidos then seems to be empty, so the planner takes it. When a backlog comes, it is read from end to end for each row.
 */
class PlansTest {

    private static TestSystem system;
    private static Plans plans;

    @BeforeAll
    static void anHourWhenNothingWaited() throws Exception {
        system = TestSystem.start("plans", Map.of());
        system.migrate();
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, payload, payload_hash)"
                + " select 'p-' || n, n, 'pedido', 'r-' || n % 1000, 'web', 'COMPLETED', '{}', ''"
                + " from generate_series(1, 20000) n");
        system.alter("insert into webhooks (tipo, pedido_id, url, endpoint, corpo, status, terminado_em)"
                + " select 'pedido.completed', 'p-' || n, 'http://x', 'x', '{}', 'DELIVERED', now()"
                + " from generate_series(1, 20000) n");
        system.alter("with redrive as (insert into redrives (por, filter, por_segundo, selecionados, finished)"
                + " values ('maria', '{}', 100, 20000, now()) returning id)"
                + " insert into redrive_items (redrive_id, place, pedido_id, ciclo, done_at)"
                + " select id, n, 'p-' || n, 0, now() from redrive, generate_series(1, 20000) n");
        system.alter("analyze");
        plans = new Plans(system);
    }

    @AfterAll
    static void close() {
        system.close();
    }

    @Test
    void pedidosAreFoundByTheirIdsOrTheirReceivers() throws Exception {
        for (String name : Plans.byIdsOrReceivers()) {
            assertThat(Plans.waysAround(plans.of(name))).as(name).isEmpty();
        }
    }

    @Test
    void webhooksAreFoundByTheirIdsOnceTheyAreChosen() throws Exception {
        assertThat(Plans.indexes(plans.of("webhook_claim")))
                .as("one search for those whose time has come, and one for those whose time is beyond the longest wait")
                .filteredOn("webhooks_due"::equals)
                .hasSize(2);
    }

    @Test
    void webhooksWhoseAttemptHasEndedAreFoundByTheirIds() throws Exception {
        assertThat(Plans.indexes(plans.of("webhook_record"))).isNotEmpty().allMatch("webhooks_pkey"::equals);
    }

    /** However many wait. */
    @Test
    void webhooksWhoseTimeIsOverAreFoundByTheirTime() throws Exception {
        assertThat(Plans.indexes(plans.of("webhook_expire"))).contains("webhooks_since");
    }

    /** However many are done, and however many are put off. */
    @Test
    void theLettersOfARedriveAreFoundInTheirOrder() throws Exception {
        assertThat(Plans.indexes(plans.of("claim_redrive"))).contains("redrive_items_due");
    }

    /** However many pedidos there are. */
    @Test
    void theNewestPlaceIsFoundInTheIndexOfLists() throws Exception {
        assertThat(Plans.indexes(plans.of("newest_place"))).hasSize(3).allMatch("pedidos_of_tipo"::equals);
    }

    /** That index has the finished pedidos, too. */
    @Test
    void noStatementButNoteLooksForTheNewestPedidoOfAReceiver() throws Exception {
        for (String name : Plans.byIdsOrReceivers()) {
            if (!name.equals("insert_pedidos")) {
                assertThat(plans.of(name)).as(name).doesNotContain("pedidos_newest_of_recebedor");
            }
        }
    }
}
