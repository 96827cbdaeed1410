package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.webhook.WebhookAttempt;
import dev.pedidos.shared.ledger.webhook.WebhookEndpoint;
import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import dev.pedidos.worker.webhook.WebhookCalls.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the webhooks that are due, and begins as many calls as endpoints and memory allow. For one thread. */
final class DueWebhooks {
    private static final Duration LEASE_BEYOND_TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_ENDPOINTS = 1_000;
    /** An old snapshot keeps the entries of webhooks that are delivered: a look reads them all. */
    private static final int REST_PER_LOOK = 4;

    private final WebhookLedger ledger;
    private final Endpoints endpoints;
    private final WebhookCalls calls;
    private final Duration lease;
    private final Duration longestWait;
    private final long mostBytes;
    private final WebhookMetrics metrics;

    private long bytesInFlight;
    private String lastEndpoint = "";
    private long nextLook = System.nanoTime();

    /**
     * @param timeout of a call
     * @param longestBackoff no webhook waits longer for its next attempt
     * @param mostBytes of the bodies that are being sent
     */
    DueWebhooks(
            WebhookLedger ledger,
            Endpoints endpoints,
            WebhookCalls calls,
            Duration timeout,
            Duration longestBackoff,
            long mostBytes,
            WebhookMetrics metrics) {
        this.ledger = ledger;
        this.endpoints = endpoints;
        this.calls = calls;
        this.lease = timeout.plus(LEASE_BEYOND_TIMEOUT);
        this.longestWait = longestBackoff.plus(lease);
        this.mostBytes = mostBytes;
        this.metrics = metrics;
    }

    void begin() {
        long now = System.nanoTime();
        if (now - nextLook < 0) {
            return;
        }
        List<WebhookEndpoint> found = ledger.endpoints(lastEndpoint, MOST_ENDPOINTS, longestWait);
        long looked = System.nanoTime();
        nextLook = looked + (looked - now) * REST_PER_LOOK;
        lastEndpoint = found.size() < MOST_ENDPOINTS ? "" : found.getLast().name();
        Map<String, Integer> left = endpoints.acquire(found.stream()
                .filter(WebhookEndpoint::due)
                .map(WebhookEndpoint::name)
                .toList());
        if (left.isEmpty()) {
            return;
        }
        Map<String, Integer> notBegun = new TreeMap<>(left);
        try {
            if (bytesInFlight < mostBytes) {
                ledger.claim(left, mostBytes - bytesInFlight, lease, longestWait)
                        .forEach(attempt -> begin(attempt, notBegun));
            }
        } finally {
            endpoints.giveBack(notBegun);
        }
        metrics.inFlight(endpoints.inFlight());
    }

    private void begin(WebhookAttempt attempt, Map<String, Integer> notBegun) {
        notBegun.merge(attempt.endpoint(), -1, Integer::sum);
        endpoints.begun(attempt.endpoint());
        bytesInFlight += attempt.corpo().length();
        calls.begin(attempt);
    }

    void ended(Ended call) {
        bytesInFlight -= call.attempt().corpo().length();
        endpoints.ended(call.attempt().endpoint(), call.result(), call.duration());
        metrics.attempt(call.result(), call.duration());
        metrics.inFlight(endpoints.inFlight());
    }
}
