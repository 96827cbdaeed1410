package dev.pedidos.shared.ledger.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fleet as its rows say at one moment.
 *
 * @param shards to be worked on, with those that are being emptied
 * @param members who lives, sorted
 */
public record FleetView(int shards, List<Member> members) {

    /**
     * A worker that lives.
     *
     * @param active the shards that it is active on, each with the number of its subscription
     */
    public record Member(String workerId, Map<Integer, Long> active) {}

    /**
     * A place in the broker's line of consumers of a shard.
     *
     * @param subscription of this worker, never the same again
     */
    public record Place(String workerId, long subscription) {}

    public List<String> workers() {
        return members.stream().map(Member::workerId).toList();
    }

    /** Where this worker stands in the line of a shard, as the one that is active on it; empty: not yet, or not any more. */
    public Optional<Place> placeOf(String workerId, int shard) {
        return members.stream()
                .filter(member -> member.workerId().equals(workerId))
                .map(member -> Optional.ofNullable(member.active().get(shard)))
                .flatMap(Optional::stream)
                .map(subscription -> new Place(workerId, subscription))
                .findAny();
    }
}
