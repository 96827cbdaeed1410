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
final class Endpoints {
    static final int MOST_PER_ENDPOINT = 8;
    static final int MOST_IN_FLIGHT = 256;
    private static final int MOST_REMEMBERED = 10_000;

    private final RetryLadder ladder;
    private final Duration timeout;
    private final Map<String, Endpoint> byName = new HashMap<>();
    private int inFlight;

    Endpoints(RetryLadder ladder, Duration timeout) {
        this.ladder = ladder;
        this.timeout = timeout;
    }

    /** How many calls may begin to each endpoint now. Those that are not begun must be given back. */
    Map<String, Integer> acquire(Iterable<String> names) {
        if (byName.size() > MOST_REMEMBERED) {
            byName.values().removeIf(Endpoint::canBeForgotten);
        }
        Map<String, Integer> acquired = new LinkedHashMap<>();
        int taken = inFlight;
        for (String name : names) {
            Endpoint endpoint = endpoint(name);
            int most = taken < MOST_IN_FLIGHT / 2 ? MOST_PER_ENDPOINT : 1;
            int room = Math.min(most - endpoint.inFlight(), MOST_IN_FLIGHT - taken);
            int permitted = endpoint.acquire(room);
            if (permitted > 0) {
                acquired.put(name, permitted);
                taken += permitted;
            }
        }
        return acquired;
    }

    /** @param left of the acquired ones, those that were not begun */
    void giveBack(Map<String, Integer> left) {
        left.forEach((name, permissions) -> endpoint(name).giveBack(permissions));
    }

    void begun(String name) {
        endpoint(name).begun();
        inFlight++;
    }

    void ended(String name, CallResult result, Duration duration) {
        endpoint(name).ended(result, duration);
        inFlight--;
    }

    int inFlight() {
        return inFlight;
    }

    private Endpoint endpoint(String name) {
        return byName.computeIfAbsent(name, any -> new Endpoint(name, ladder, timeout));
    }
}
