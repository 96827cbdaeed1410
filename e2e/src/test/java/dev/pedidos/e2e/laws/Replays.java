package dev.pedidos.e2e.laws;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.replay.LedgerReplay;
import dev.pedidos.tools.proof.replay.Projection;
import dev.pedidos.tools.proof.replay.ReplayWatch;
import java.sql.SQLException;
import java.util.List;
import org.awaitility.Awaitility;

/** Replays of the ledger of a test. */
public final class Replays {
    private Replays() {}

    /** Waits for the end of the replay before: its lock is free once the database has noticed that its session is closed. */
    public static LedgerReplay begun(TestSystem system) throws SQLException {
        var replay = new LedgerReplay(DatabaseUrl.parse(system.stores().databaseAdminUrl()));
        Awaitility.await("no other replay").until(replay::begin);
        return replay;
    }

    public static LedgerReplay.Result run(TestSystem system) throws Exception {
        try (var replay = begun(system)) {
            return replay.run(ReplayWatch.NONE);
        }
    }

    public static List<Projection> differing(LedgerReplay.Result result) {
        return result.projections().stream().filter(one -> !one.equal()).toList();
    }
}
