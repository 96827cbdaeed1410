package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.fleet.FleetView.Member;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows in which workers say that they live and what they do. */
public final class Members {

    /**
     * Who a worker is.
     *
     * @param workerId unlike that of any other process, now or later
     */
    public record Identity(String workerId, String host, long pid, String version) {}

    /**
     * What a worker is active on.
     *
     * @param subscription its number
     * @param inHand the pedido that is being worked on; empty: none
     */
    public record Active(int shard, long subscription, String inHand) {}

    /** What a worker does. */
    public record Activity(List<Active> active, Collection<Integer> standby, double perSecond) {}

    private static final String BEAT = Sql.named("beat");
    private static final String VIEW = Sql.named("fleet_view");
    private static final String FORGET = Sql.named("forget_workers");

    private final Database database;

    public Members(Database database) {
        this.database = database;
    }

    /** Says what this worker does, and listens to the others. */
    public FleetView beat(Identity worker, Activity activity) throws SQLException {
        database.refuseWhileDown();
        return database.jdbi().withHandle(handle -> {
            try (PreparedStatement beat = handle.getConnection().prepareStatement(BEAT)) {
                bind(beat, worker, activity);
                beat.executeUpdate();
            }
            try (PreparedStatement view = handle.getConnection().prepareStatement(VIEW)) {
                try (ResultSet rows = view.executeQuery()) {
                    return read(rows);
                }
            }
        });
    }

    private static void bind(PreparedStatement beat, Identity worker, Activity activity) throws SQLException {
        var connection = beat.getConnection();
        var active = activity.active();
        beat.setString(1, worker.workerId());
        beat.setString(2, worker.host());
        beat.setLong(3, worker.pid());
        beat.setString(4, worker.version());
        beat.setArray(
                5,
                connection.createArrayOf(
                        "int4", active.stream().map(Active::shard).toArray()));
        beat.setArray(
                6,
                connection.createArrayOf(
                        "int8", active.stream().map(Active::subscription).toArray()));
        beat.setArray(
                7,
                connection.createArrayOf(
                        "text", active.stream().map(Active::inHand).toArray()));
        beat.setArray(8, connection.createArrayOf("int4", activity.standby().toArray()));
        beat.setDouble(9, activity.perSecond());
    }

    private static FleetView read(ResultSet rows) throws SQLException {
        int shards = 0;
        List<Member> members = new ArrayList<>();
        while (rows.next()) {
            shards = rows.getInt("shards");
            String workerId = rows.getString("worker_id");
            if (workerId != null) {
                members.add(
                        new Member(workerId, places(rows.getArray("shards_active"), rows.getArray("subscriptions"))));
            }
        }
        return new FleetView(shards, members);
    }

    private static Map<Integer, Long> places(Array shards, Array subscriptions) throws SQLException {
        Integer[] keys = (Integer[]) shards.getArray();
        Long[] values = (Long[]) subscriptions.getArray();
        Map<Integer, Long> places = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            places.put(keys[i], values[i]);
        }
        return places;
    }

    /** The others see at their next beat that it is gone; while the database is away they see it by its silence. */
    public void leave(String workerId) {
        if (!database.isUp()) {
            return;
        }
        database.jdbi().useHandle(handle -> handle.execute("delete from workers where worker_id = ?", workerId));
    }

    /** Rows of workers that ended long ago without leaving. */
    public void forgetTheDead() {
        database.jdbi().useHandle(handle -> handle.execute(FORGET));
    }
}
