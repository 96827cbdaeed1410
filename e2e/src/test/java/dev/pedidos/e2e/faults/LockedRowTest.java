package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A session that somebody has forgotten keeps a row. The pedidos that need it wait in their places, without an attempt. The other
 * receivers of their shard go on. (Fault 37.)
 */
class LockedRowTest {

    private static final int RECEIVERS = 12;

    private TestSystem system;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start(
                "locked-row", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "1", "PEDIDOS_PREFETCH", "4"));
        client = new Client(system.api());
        client.stock("kept", 1_000);
        client.stock("free", 1_000);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void aRowOfStockThatIsKeptHoldsUpTheReceiversThatWantItAndNoOther() throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            bodies.add(Client.pedido("kept-" + i, "rcb-kept-" + i, "kept:1"));
            bodies.add(Client.pedido("behind-" + i, "rcb-kept-" + i, "free:1"));
        }
        assertOthersGoOnWhile("select 1 from estoque where sku = 'kept' for update", bodies);
    }

    @Test
    void aRowOfAPedidoThatIsKeptHoldsUpItsReceiverAndNoOther() throws Exception {
        assertOthersGoOnWhile(
                "select 1 from pedidos where pedido_id in ('head', 'next') for update",
                List.of(
                        Client.simulado("head", "rcb-kept", "{}"),
                        Client.simulado("next", "rcb-kept", "{}"),
                        Client.simulado("last", "rcb-kept", "{}")));
    }

    /** @param waiting none of them can be finished meanwhile */
    private void assertOthersGoOnWhile(String keeping, List<String> waiting) throws Exception {
        var api = system.api();
        var witness = new Witness(system);
        witness.send(List.of(api), 1, waiting);
        try (var forgotten = system.owner()) {
            forgotten.setAutoCommit(false);
            forgotten.createStatement().execute(keeping);
            system.worker();
            witness.send(List.of(api), 1, others());
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", RECEIVERS);
            assertStillKept();
        }
        witness.assertEveryLawHolds();
        assertThat(system.count("select count(*) from pedidos where tentativas <> 1"))
                .as("no attempt is used")
                .isZero();
    }

    private void assertStillKept() throws SQLException {
        assertThat(system.count("select count(*) from pedidos where pedido_id like 'other-%' and status = 'COMPLETED'"))
                .isEqualTo(RECEIVERS);
        assertThat(system.count("select count(*) from pg_stat_activity where state = 'idle in transaction'"
                        + " and datname = current_database() and query like '%for update'"))
                .as("the session that keeps the row")
                .isEqualTo(1);
    }

    private static List<String> others() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < RECEIVERS; i++) {
            bodies.add(Client.pedido("other-" + i, "rcb-other-" + i, "free:1"));
        }
        return bodies;
    }
}
