package dev.pedidos.shared.ledger.fleet;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fleet as its rows show it at one moment.
 *
 * @param shards to work on, including those that are being emptied
 * @param members the workers that live, sorted
 */
public record FleetView(int shards, List<Member> members) {

    /**
     * A worker that lives.
     *
     * @param active the shards that it is active on, each with the number of its subscription
     */
    public record Member(String workerId, Map<Integer, Long> active) {
        private static Member of(String workerId, ResultSet row) throws SQLException {
            return new Member(workerId, places(row.getArray("shards_active"), row.getArray("subscriptions")));
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
    }

    /**
     * A place in the broker's line of consumers of a shard.
     *
     * @param subscription of this worker, never the same again
     */
    public record Place(String workerId, long subscription) {}

    /** Of the rows of {@code fleet_view.sql}: one for each worker that lives, or one without a worker. */
    static FleetView of(ResultSet rows) throws SQLException {
        int shards = 0;
        List<Member> members = new ArrayList<>();
        while (rows.next()) {
            shards = rows.getInt("shards");
            String workerId = rows.getString("worker_id");
            if (workerId != null) {
                members.add(Member.of(workerId, rows));
            }
        }
        return new FleetView(shards, members);
    }

    public List<String> workers() {
        return members.stream().map(Member::workerId).toList();
    }

    /** The place of the worker that is active on a shard; empty if this worker is not active on it. */
    public Optional<Place> placeOf(String workerId, int shard) {
        return members.stream()
                .filter(member -> member.workerId().equals(workerId))
                .map(member -> Optional.ofNullable(member.active().get(shard)))
                .flatMap(Optional::stream)
                .map(subscription -> new Place(workerId, subscription))
                .findAny();
    }
}
