package dev.pedidos.e2e.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.laws.Replays;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Listening;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A transaction of the archiver may take long. It deletes events and inserts none, so no reader of events waits for it. */
class LongArchivingTest {

    @Test
    void streamsAndReplayGoOnMeanwhile() throws Exception {
        try (var system = TestSystem.start("long-archiving", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.apiByLedger();
            var client = new Client(api);
            system.worker();
            client.post(Client.simulado("old", "rcb", "{}"));
            client.awaitStatus("old", "COMPLETED");
            system.alter("select open_archive_month(archive_month(ordem)) from pedidos where pedido_id = 'old'");
            try (var listener = Listening.to(api, "/stream?recebedor_id=rcb", null);
                    var archiver = system.owner()) {
                archiver.createStatement().execute("select pg_advisory_lock(" + Sql.named("archive_lock_key") + ")");
                archiver.setAutoCommit(false);
                assertThat(archived(archiver)).isOne();

                client.post(Client.simulado("new", "rcb", "{}"));
                Awaitility.await().until(() -> listener.types().contains("COMPLETED"));
                assertThat(Replays.differing(Replays.run(system))).isEmpty();
                archiver.commit();
            }
        }
    }

    private static int archived(Connection archiver) throws SQLException {
        try (var row = archiver.createStatement().executeQuery("select archive_pedidos(array['old'])")) {
            row.next();
            return row.getInt(1);
        }
    }
}
