package dev.pedidos.worker.fleet;

import dev.pedidos.shared.broker.QueuePlaces;
import dev.pedidos.shared.ledger.fleet.FleetView;
import dev.pedidos.shared.ledger.fleet.FleetView.Place;
import dev.pedidos.shared.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The shards that this worker consumes. The broker lets the first of a shard's line of consumers work, and the next one when
 * that is gone. So the active one has to stand before who stands by: who stands by takes its place, anew if need be, when the
 * active one has said that it has its own; and who is active no more leaves when the new one has said so. Meanwhile
 * somebody else is first in the line: that is a detour and does no harm, since order is the ledger's.
 */
final class Shards {

    private final String worker;
    private final Topology names;
    private final QueuePlaces places;
    /** By shard: whom this worker stands behind in the line. */
    private final Map<Integer, Place> behind = new HashMap<>();

    private Assignment assignment = Assignment.of(List.of(), 0);
    private List<String> workers = List.of();
    private int shards;

    Shards(String worker, Topology names, QueuePlaces places) {
        this.worker = worker;
        this.names = names;
        this.places = places;
    }

    /** Moves towards what the members' rows say; called again and again. */
    void follow(FleetView view) {
        if (!view.workers().equals(workers) || view.shards() != shards) {
            leaveFrom(view.shards());
            workers = view.workers();
            shards = view.shards();
            assignment = Assignment.of(workers, shards);
        }
        for (int shard = 0; shard < shards; shard++) {
            play(assignment.roleOf(worker, shard), shard, activeOne(view, shard));
        }
    }

    private Optional<Place> activeOne(FleetView view, int shard) {
        return Optional.ofNullable(assignment.active().get(shard)).flatMap(active -> view.placeOf(active, shard));
    }

    private void play(Assignment.Role role, int shard, Optional<Place> activeOne) {
        switch (role) {
            case ACTIVE -> {
                behind.remove(shard);
                places.join(names.shardQueue(shard));
            }
            case STANDBY -> standBy(shard, activeOne);
            case NONE -> {
                if (behind.containsKey(shard) || activeOne.isPresent()) {
                    leave(shard);
                }
            }
        }
    }

    /** Where the active one has no place it may never get one: somebody has to be there. */
    private void standBy(int shard, Optional<Place> activeOne) {
        if (activeOne.isEmpty()) {
            places.join(names.shardQueue(shard));
        } else if (!activeOne.get().equals(behind.get(shard))) {
            places.joinAnew(names.shardQueue(shard));
            behind.put(shard, activeOne.get());
        }
    }

    private void leaveFrom(int firstOneGone) {
        for (int shard = firstOneGone; shard < shards; shard++) {
            leave(shard);
        }
    }

    private void leave(int shard) {
        behind.remove(shard);
        places.leave(names.shardQueue(shard));
    }

    /** By shard: the numbers of the places on those that it is active on, as far as it has them. */
    Map<Integer, Long> active() {
        return placesAs(Assignment.Role.ACTIVE);
    }

    /** The shards that it has a place on to stand by. */
    Map<Integer, Long> standby() {
        return placesAs(Assignment.Role.STANDBY);
    }

    private Map<Integer, Long> placesAs(Assignment.Role role) {
        Map<String, Long> taken = places.places();
        Map<Integer, Long> those = new TreeMap<>();
        for (int shard = 0; shard < shards; shard++) {
            Long place = taken.get(names.shardQueue(shard));
            if (place != null && assignment.roleOf(worker, shard) == role) {
                those.put(shard, place);
            }
        }
        return those;
    }
}
