package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import dev.pedidos.shared.ledger.webhook.WebhookStatus;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Now and then gives up webhooks whose time is over, and deletes those that ended long ago. */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int AT_ONCE = 500;

    private final WebhookLedger ledger;
    private final Duration giveUpAfter;
    private final WebhookMetrics metrics;
    private long next = System.nanoTime();

    Housekeeping(WebhookLedger ledger, Duration giveUpAfter, WebhookMetrics metrics) {
        this.ledger = ledger;
        this.giveUpAfter = giveUpAfter;
        this.metrics = metrics;
    }

    void step() {
        if (System.nanoTime() - next < 0) {
            return;
        }
        // Before the statements: one that fails must not be the first of each step.
        next = System.nanoTime() + EVERY.toNanos();
        int givenUp = ledger.expire(giveUpAfter, AT_ONCE);
        if (givenUp > 0) {
            metrics.ended(WebhookStatus.FAILED, givenUp);
            LOG.warn(
                    "{} webhooks were given up, because their endpoints failed until their time was over; see GET"
                            + " /webhooks?status=FAILED",
                    givenUp);
        }
        int forgotten = ledger.forget(KEPT, AT_ONCE);
        if (givenUp == AT_ONCE || forgotten == AT_ONCE) {
            next = System.nanoTime();
        }
    }
}
