package dev.pedidos.tools.proof.torture.callback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The webhooks that came to all endpoints of a run. */
public final class Received {
    private final Map<String, Webhook> byId = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long attempts;

    /**
     * @param body SHA-256 of its body, as hex digits
     * @param taken how often it was answered 2xx
     */
    public record Webhook(String body, int taken) {}

    /** A genuine one. */
    synchronized void came(String id, String body) {
        attempts++;
        var before = byId.putIfAbsent(id, new Webhook(body, 0));
        if (before != null && !before.body().equals(body)) {
            faults.add(id + " came with two bodies");
        }
    }

    /** An attempt that is answered 2xx. */
    synchronized void taken(String id) {
        byId.computeIfPresent(id, (same, webhook) -> new Webhook(webhook.body(), webhook.taken() + 1));
    }

    synchronized void refused(String id, String why) {
        attempts++;
        faults.add(id + ": " + why);
    }

    public synchronized Optional<Webhook> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Of all that came. */
    public synchronized Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /** Requests that no worker should have sent. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    public synchronized long attempts() {
        return attempts;
    }

    /** Ids that were answered 2xx more than once. */
    public synchronized long takenAgain() {
        return byId.values().stream().filter(webhook -> webhook.taken() > 1).count();
    }
}
