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
 * The shards that this worker consumes. The broker lets the first consumer of a shard's line work, and the next one when the
 * first is gone. So the active worker must stand before the standby worker, which takes its place again once the active one has
 * written its place, and whenever that place changes. The former active worker leaves only after the new one has written its
 * place. In between another worker is first in the line. That does no harm: order comes from the ledger.
 */
final class Shards {

    private final String worker;
    private final Topology topology;
    private final QueuePlaces places;
    /** By shard: the place that this worker stands behind. */
    private final Map<Integer, Place> behind = new HashMap<>();

    private Assignment assignment = Assignment.of(List.of(), 0);
    private List<String> workers = List.of();
    private int shards;

    Shards(String worker, Topology topology, QueuePlaces places) {
        this.worker = worker;
        this.topology = topology;
        this.places = places;
    }

    /** Takes and gives up places until they agree with the members' rows. Called with every beat. */
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
                places.join(topology.shardQueue(shard));
            }
            case STANDBY -> standBy(shard, activeOne);
            case NONE -> {
                if (behind.containsKey(shard) || activeOne.isPresent()) {
                    leave(shard);
                }
            }
        }
    }

    /** An active worker without a place may never get one, so this worker takes a place at once. */
    private void standBy(int shard, Optional<Place> activeOne) {
        if (activeOne.isEmpty()) {
            places.join(topology.shardQueue(shard));
        } else if (!activeOne.get().equals(behind.get(shard))) {
            places.joinAtEnd(topology.shardQueue(shard));
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
        places.leave(topology.shardQueue(shard));
    }

    /** The numbers of its places on the shards that it is active on. */
    Map<Integer, Long> active() {
        return placesAs(Assignment.Role.ACTIVE);
    }

    /** The numbers of its places on the shards that it stands by on. */
    Map<Integer, Long> standby() {
        return placesAs(Assignment.Role.STANDBY);
    }

    /**
     * The numbers of its places on the shards that the fleet has given up, as long as one of their deliveries is worked on: their
     * queues must stay.
     */
    Map<Integer, Long> ending() {
        Map<String, Long> ending = places.ending();
        Map<Integer, Long> those = new TreeMap<>();
        for (int shard = shards; shard < Topology.MOST_SHARDS && !ending.isEmpty(); shard++) {
            Long place = ending.get(topology.shardQueue(shard));
            if (place != null) {
                those.put(shard, place);
            }
        }
        return those;
    }

    private Map<Integer, Long> placesAs(Assignment.Role role) {
        Map<String, Long> taken = places.places();
        Map<Integer, Long> those = new TreeMap<>();
        for (int shard = 0; shard < shards; shard++) {
            Long place = taken.get(topology.shardQueue(shard));
            if (place != null && assignment.roleOf(worker, shard) == role) {
                those.put(shard, place);
            }
        }
        return those;
    }
}
