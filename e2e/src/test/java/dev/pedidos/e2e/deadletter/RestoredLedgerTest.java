package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.LedgerDump;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.stack.stores.Stores;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger that was dumped, restored into another cluster, and worked on there. */
class RestoredLedgerTest {
    private static final String ORDER = "order-per-recebedor";
    private static final Since AN_HOUR = new Since.Ago(Duration.ofHours(1));
    private static final String[] IDS_ARE_FREE = {
        "alter table operation_events disable trigger all", "alter table operation_events alter column id drop identity"
    };
    private static final String EFFECTS_SWAPPED = """
            update operation_events e
            set id = (select other.id from operation_events other
                      where other.event_type = 'COMPLETED'
                        and other.external_id = case e.external_id when '%1$s' then '%2$s' else '%1$s' end)
            where e.event_type = 'COMPLETED' and e.external_id in ('%1$s', '%2$s')""";

    private static Stores cluster;
    private static TestSystem system;

    @BeforeAll
    static void dumpRestoreAndWorkOn() throws Exception {
        try (var first = TestSystem.start("dumped", Map.of())) {
            var client = new Client(first.apiByLedger());
            client.stock("x", 100);
            try (var worker = first.worker()) {
                client.post(Client.pedido("old-1", "r", "x:2"));
                client.post(Client.pedido("old-2", "r", "x:3"));
                client.awaitStatus("old-2", "COMPLETED");
                client.post(Client.pedido("undone", "s", "x:1"));
                client.awaitStatus("undone", "COMPLETED");
                client.cancel("undone");
                client.awaitStatus("undone", "CANCELLED");
            }
            client.post(Client.pedido("left", "r", "x:4"));
            // One after the other, whatever else ran in that cluster; and higher numbers than any of the second one.
            first.alter("update pedidos set noted_in = ordem::text::xid8, noted_after = ordem::text::xid8");

            cluster = LedgerDump.secondCluster(first.stores());
            var stores = cluster.fresh("restored");
            LedgerDump.restore(first.stores(), stores);
            system = TestSystem.on(stores, Map.of());
        }
        // What ./pedidos recover does: the messages are gone.
        system.alter("update pedidos set published = false, relay_at = clock_timestamp() where status = 'PENDING'");
        var client = new Client(system.apiByLedger());
        system.worker();
        client.post(Client.pedido("new-1", "r", "x:5"));
        client.post(Client.pedido("new-2", "r", "x:6"));
        client.awaitStatus("new-2", "COMPLETED");
        client.awaitStatus("left", "COMPLETED");
        client.stock("x", 100);
        system.alter("update pedidos set noted_in = '1000', noted_after = '1000' where pedido_id = 'new-1'");
        system.alter("update pedidos set noted_in = '2000', noted_after = '2000' where pedido_id = 'new-2'");
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void noLawIsBrokenAndTheOutputSaysWhatCameFromElsewhere() throws Exception {
        var everything = judged(Optional.empty());

        assertThat(Judging.broken(everything)).isEmpty();
        assertThat(everything.notJudged()).isEmpty();
        assertThat(everything.verdicts())
                .filteredOn(verdict -> verdict.law().equals(ORDER))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.counted()).contains("5 were inserted in another cluster"));
        assertThat(Judging.broken(judged(Optional.of(AN_HOUR)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"old-1 old-2", "new-1 new-2", "left new-1"})
    void whoWasOvertakenIsFoundBeforeTheRestoreAfterItAndAcrossIt(String pair) throws Exception {
        String[] two = pair.split(" ");
        String[] swapped = {IDS_ARE_FREE[0], IDS_ARE_FREE[1], RootLocale.format(EFFECTS_SWAPPED, two[0], two[1])};

        assertThat(Judging.broken(judged(Optional.empty(), swapped))).contains(ORDER);
        assertThat(Judging.broken(judged(Optional.of(AN_HOUR), swapped))).contains(ORDER);
    }

    @Test
    void aRestoreWithoutTheSequenceIsFound() throws Exception {
        String restart = "alter table operation_events alter column id restart";

        assertThat(Judging.broken(judged(Optional.empty(), restart))).containsExactly("new-events-come-last");
        assertThat(Judging.broken(judged(Optional.of(AN_HOUR), restart))).containsExactly("new-events-come-last");
    }

    @Test
    void stockThatIsSetAgainByATransactionWithTheSameNumberIsAnEventOfItsOwn() {
        String here = "select count(*) from operation_events where event_type = 'ESTOQUE_DEFINIDO' and payload_hash"
                + " = sha256(convert_to(payload::text || (select system_identifier from pg_control_system()), 'UTF8'))";

        assertThat(system.count("select count(*) from operation_events where event_type = 'ESTOQUE_DEFINIDO'"))
                .isEqualTo(2);
        assertThat(system.count(here)).isEqualTo(1);
    }

    private static Judgement judged(Optional<Since> since, String... statements) throws SQLException {
        return Judging.with(system, since, statements);
    }
}
