package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.webhook.WebhookAttempt;
import dev.pedidos.shared.ledger.webhook.WebhookEndpoint;
import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import dev.pedidos.shared.ledger.webhook.WebhookResult;
import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.webhook.WebhookCalls.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the webhooks that are due. One thread asks the ledger and records what came of attempts; the calls are made by others.
 * A worker that dies leaves its attempts to their lease: another one makes the next attempt, with the same id.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final FaultLog FAULTS = new FaultLog(LOG);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration LEASE_BEYOND_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CALLS_END_WITHIN = Duration.ofSeconds(2);
    private static final int MOST_ENDPOINTS = 1_000;
    /** An old snapshot keeps the entries of webhooks that are delivered: a look reads them all. */
    private static final int REST_PER_LOOK = 4;

    private final Database database;
    private final WebhookLedger ledger;
    private final WebhookConfig config;
    private final CurrentSecrets secrets;
    private final Endpoints endpoints;
    private final WebhookCalls calls;
    private final Backoff backoff;
    private final Duration lease;
    private final Duration longestWait;
    private final Housekeeping housekeeping;
    private final WebhookMetrics metrics;
    private final long mostBytes;
    private final PeriodicTask task = new PeriodicTask(
            "webhooks",
            Timing.finishedAtStop(AFTER_FAILURE),
            this::step,
            FAULTS.warning("webhooks wait: the ledger cannot be read or written; tried again"));

    /** Ended, and not recorded yet. */
    private final List<Ended> unrecorded = new ArrayList<>();

    private long bytesInFlight;
    private String lastEndpoint = "";
    private long nextLook = System.nanoTime();

    public WebhookDelivery(
            Database database, WebhookConfig config, RetryLadder ladder, MemoryBudget memory, WebhookMetrics metrics)
            throws IOException {
        this.database = database;
        this.ledger = new WebhookLedger(database);
        this.config = config;
        this.secrets = new CurrentSecrets(config.secrets(), System::nanoTime);
        this.endpoints = new Endpoints(ladder, config.timeout());
        this.calls = new WebhookCalls(new WebhookClient(
                new AllowedAddresses(config.hosts(), InetAddress::getAllByName),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                config.timeout()));
        this.backoff = new Backoff(ladder, RandomGenerator.getDefault());
        this.lease = config.timeout().plus(LEASE_BEYOND_TIMEOUT);
        this.longestWait = backoff.longest().plus(lease);
        this.housekeeping = new Housekeeping(ledger, config.giveUpAfter(), metrics);
        this.metrics = metrics;
        this.mostBytes = memory.webhooks().bytes();
    }

    public void start() {
        task.start();
    }

    private Duration step() throws Exception {
        List<Ended> ended = new ArrayList<>();
        calls.awaitEnded(LOOK_EVERY, ended);
        ended.forEach(this::callEnded);
        unrecorded.addAll(ended);
        if (database.isUp()) {
            record();
            beginDue();
            housekeeping.step();
        }
        return Duration.ZERO;
    }

    private void callEnded(Ended call) {
        bytesInFlight -= call.attempt().corpo().length();
        endpoints.ended(call.attempt().endpoint(), call.result(), call.duration());
        metrics.attempt(call.result(), call.duration());
        metrics.inFlight(endpoints.inFlight());
    }

    private void record() throws SQLException {
        if (unrecorded.isEmpty()) {
            return;
        }
        Map<String, WebhookStatus> changed =
                ledger.record(unrecorded.stream().map(this::result).toList(), config.giveUpAfter());
        unrecorded.clear();
        changed.forEach((id, status) -> {
            if (status != WebhookStatus.PENDING) {
                metrics.ended(status, 1);
            }
            if (status == WebhookStatus.FAILED) {
                LOG.atWarn()
                        .addKeyValue("webhook_id", id)
                        .log(
                                "a webhook was given up: it is not sent again unless POST /webhooks/{}/redeliver asks for it",
                                id);
            }
        });
    }

    private WebhookResult result(Ended call) {
        Duration wait = call.result().ending() == WebhookStatus.PENDING
                ? backoff.after(call.attempt().tentativa(), call.result().retryAfter())
                : Duration.ZERO;
        return switch (call.result()) {
            case CallResult.Answered(EndpointAnswer answer) ->
                new WebhookResult(
                        call.attempt(),
                        call.result().ending(),
                        wait,
                        answer.status(),
                        answer.excerpt(),
                        null,
                        call.duration());
            case CallResult.NoAnswer(CallFault fault) ->
                new WebhookResult(
                        call.attempt(), call.result().ending(), wait, null, null, fault.name(), call.duration());
        };
    }

    private void beginDue() {
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
        calls.begin(attempt, secrets.get());
    }

    /** Begins no more calls, and gives those in hand a moment. Webhooks that are not recorded then are delivered again. */
    @Override
    public void close() throws Exception {
        task.close();
        calls.finish(CALLS_END_WITHIN);
        calls.awaitEnded(Duration.ZERO, unrecorded);
        try {
            record();
        } finally {
            calls.close();
        }
    }
}
