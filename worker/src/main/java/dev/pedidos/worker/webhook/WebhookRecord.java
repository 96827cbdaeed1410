package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import dev.pedidos.shared.ledger.webhook.WebhookResult;
import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import dev.pedidos.worker.webhook.WebhookCalls.Ended;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the results of attempts. Those that the ledger does not take now are recorded later. For one thread. */
final class WebhookRecord {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRecord.class);

    private final WebhookLedger ledger;
    private final Backoff backoff;
    private final Duration giveUpAfter;
    private final WebhookMetrics metrics;
    private final List<Ended> unrecorded = new ArrayList<>();

    WebhookRecord(WebhookLedger ledger, Backoff backoff, Duration giveUpAfter, WebhookMetrics metrics) {
        this.ledger = ledger;
        this.backoff = backoff;
        this.giveUpAfter = giveUpAfter;
        this.metrics = metrics;
    }

    void add(List<Ended> ended) {
        unrecorded.addAll(ended);
    }

    void store() throws SQLException {
        if (unrecorded.isEmpty()) {
            return;
        }
        Map<String, WebhookStatus> changed =
                ledger.record(unrecorded.stream().map(this::result).toList(), giveUpAfter);
        unrecorded.clear();
        changed.forEach(this::ended);
    }

    private void ended(String id, WebhookStatus status) {
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
}
