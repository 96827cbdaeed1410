package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The rows in which workers show that they live and what they do. */
public final class Members {

    /**
     * A worker, for as long as it runs.
     *
     * @param workerId no other process has this one, now or later
     * @param tipos that it has handlers for
     */
    public record Identity(String workerId, String host, long pid, String version, List<RegisteredTipo> tipos) {}

    /**
     * A shard that a worker is active on.
     *
     * @param subscription the number of the worker's subscription
     * @param inHand the pedido that the worker has in hand; empty: none
     */
    public record Active(int shard, long subscription, String inHand) {}

    /** The work of one worker. */
    public record Activity(List<Active> active, Collection<Integer> standby, double perSecond) {}

    private static final String BEAT = Sql.named("beat");
    private static final String VIEW = Sql.named("fleet_view");
    private static final String REGISTER = Sql.named("register_tipo");
    private static final String FORGET = Sql.named("forget_workers");

    /** A beat counts for five seconds, and a worker may see two seconds later than this one that the database can be used again. */
    private static final Duration GAP = Duration.ofSeconds(2);

    private final Database database;
    private final LivenessLock lock;
    private final Settling settling = new Settling(GAP);

    /** @param lock of this worker */
    public Members(Database database, LivenessLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /** Writes what this worker does, and reads what the others do. */
    public FleetView beat(Identity worker, Activity activity) throws SQLException {
        database.refuseWhileDown();
        return database.jdbi().withHandle(handle -> {
            try (PreparedStatement beat = handle.getConnection().prepareStatement(BEAT)) {
                bind(beat, worker, activity);
                long asked = System.nanoTime();
                try (ResultSet clock = beat.executeQuery()) {
                    clock.next();
                    settling.wrote(clock.getLong("micros"), asked);
                }
            }
            try (PreparedStatement view = handle.getConnection().prepareStatement(VIEW)) {
                try (ResultSet rows = view.executeQuery()) {
                    return FleetView.of(rows);
                }
            }
        });
    }

    /**
     * Whether a worker that did not count as living a moment ago (view living_workers) has ended. It may live if its lock was free after
     * the database had ended all sessions, or if no worker could beat.
     */
    public boolean canTellTheLiving() {
        return settling.isOver(System.nanoTime()) && lock.canTellDeaths();
    }

    private static void bind(PreparedStatement beat, Identity worker, Activity activity) throws SQLException {
        var active = activity.active();
        beat.setString(1, worker.workerId());
        beat.setString(2, worker.host());
        beat.setLong(3, worker.pid());
        beat.setString(4, worker.version());
        SqlArrays.set(beat, 5, "int4", active, Active::shard);
        SqlArrays.set(beat, 6, "int8", active, Active::subscription);
        SqlArrays.setTexts(beat, 7, active, Active::inHand);
        SqlArrays.set(beat, 8, "int4", activity.standby(), shard -> shard);
        beat.setDouble(9, activity.perSecond());
        SqlArrays.setTexts(beat, 10, worker.tipos(), RegisteredTipo::tipo);
        var undoable = worker.tipos().stream().filter(RegisteredTipo::undoable).toList();
        SqlArrays.setTexts(beat, 11, undoable, RegisteredTipo::tipo);
    }

    /** Makes the tipos of a worker known to APIs. It has beaten before: whoever meets a pedido of an accepted tipo finds its row. */
    public void registerTipos(Identity worker) {
        database.jdbi().useHandle(handle -> {
            var batch = handle.prepareBatch(REGISTER);
            // In one order: two workers that start together lock the same rows.
            worker.tipos().stream()
                    .sorted(Comparator.comparing(RegisteredTipo::tipo))
                    .forEach(one -> batch.add(one.tipo(), one.undoable()));
            batch.execute();
        });
    }

    /** The others see at their next beat that it is gone. While the database is down, they see its silence. */
    public void leave(String workerId) {
        if (!database.isUp()) {
            return;
        }
        database.jdbi().useHandle(handle -> handle.execute("delete from workers where worker_id = ?", workerId));
    }

    /** Deletes rows of workers that ended long ago without leaving. */
    public void forgetTheDead() {
        database.jdbi().useHandle(handle -> handle.execute(FORGET));
    }
}
