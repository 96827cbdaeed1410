package dev.pedidos.worker.webhook;

import dev.pedidos.shared.topology.RetryLadder;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Divides this worker's calls between the endpoints. A slow or dead endpoint holds its own few, and when half of all are taken,
 * every endpoint gets one at a time. So the others go on. Used by one thread.
 */
final class EndpointLanes {
    static final int MOST_PER_ENDPOINT = 8;
    static final int MOST_IN_FLIGHT = 256;
    private static final int MOST_REMEMBERED = 10_000;

    private final RetryLadder ladder;
    private final Duration timeout;
    private final Map<String, EndpointLane> lanes = new HashMap<>();
    private int inFlight;

    EndpointLanes(RetryLadder ladder, Duration timeout) {
        this.ladder = ladder;
        this.timeout = timeout;
    }

    /** How many calls may begin to each endpoint now. Those that are not begun must be given back. */
    Map<String, Integer> acquire(Iterable<String> endpoints) {
        if (lanes.size() > MOST_REMEMBERED) {
            lanes.values().removeIf(EndpointLane::isIdle);
        }
        Map<String, Integer> acquired = new LinkedHashMap<>();
        int taken = inFlight;
        for (String endpoint : endpoints) {
            EndpointLane lane = lane(endpoint);
            int most = taken < MOST_IN_FLIGHT / 2 ? MOST_PER_ENDPOINT : 1;
            int room = Math.min(most - lane.inFlight(), MOST_IN_FLIGHT - taken);
            int permitted = lane.acquire(room);
            if (permitted > 0) {
                acquired.put(endpoint, permitted);
                taken += permitted;
            }
        }
        return acquired;
    }

    /** @param left of the acquired ones, those that were not begun */
    void giveBack(Map<String, Integer> left) {
        left.forEach((endpoint, permissions) -> lane(endpoint).giveBack(permissions));
    }

    void begun(String endpoint) {
        lane(endpoint).begun();
        inFlight++;
    }

    void ended(String endpoint, CallResult result, Duration duration) {
        lane(endpoint).ended(result, duration);
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    private EndpointLane lane(String endpoint) {
        return lanes.computeIfAbsent(endpoint, name -> new EndpointLane(name, ladder, timeout));
    }
}
