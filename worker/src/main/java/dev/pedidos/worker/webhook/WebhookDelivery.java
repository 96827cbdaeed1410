package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.webhook.WebhookLedger;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.shared.topology.RetryLadder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.LoggerFactory;

/**
 * Delivers the webhooks that are due. One thread asks the ledger and records what came of attempts; the calls are made by others.
 * A worker that dies leaves its attempts to their lease: another one makes the next attempt, with the same id.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(WebhookDelivery.class));

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CALLS_END_WITHIN = Duration.ofSeconds(2);

    private final Database database;
    private final WebhookCalls calls;
    private final DueWebhooks due;
    private final WebhookRecord record;
    private final Housekeeping housekeeping;
    private final PeriodicTask task = new PeriodicTask(
            "webhooks",
            Timing.finishedAtStop(AFTER_FAILURE),
            this::step,
            FAULTS.warning("webhooks wait: the ledger cannot be read or written; tried again"));

    public WebhookDelivery(
            Database database, WebhookConfig config, RetryLadder ladder, MemoryBudget memory, WebhookMetrics metrics)
            throws IOException {
        this.database = database;
        var ledger = new WebhookLedger(database);
        var backoff = new Backoff(ladder, RandomGenerator.getDefault());
        calls = new WebhookCalls(
                new WebhookClient(
                        new AllowedAddresses(config.hosts(), InetAddress::getAllByName),
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        config.timeout()),
                new CurrentSecrets(config.secrets(), System::nanoTime));
        due = new DueWebhooks(
                ledger,
                new Endpoints(ladder, config.timeout()),
                calls,
                config.timeout(),
                backoff.longest(),
                memory.webhooks().bytes(),
                metrics);
        record = new WebhookRecord(ledger, backoff, config.giveUpAfter(), metrics);
        housekeeping = new Housekeeping(ledger, config.giveUpAfter(), metrics);
    }

    public void start() {
        task.start();
    }

    private Duration step() throws Exception {
        var ended = calls.awaitEnded(LOOK_EVERY);
        ended.forEach(due::ended);
        record.add(ended);
        if (database.isUp()) {
            record.store();
            due.begin();
            housekeeping.step();
        }
        return Duration.ZERO;
    }

    /** Begins no more calls, and gives those in hand a moment. Webhooks that are not recorded then are delivered again. */
    @Override
    public void close() throws Exception {
        task.close();
        calls.finish(CALLS_END_WITHIN);
        record.add(calls.awaitEnded(Duration.ZERO));
        try {
            record.store();
        } finally {
            calls.close();
        }
    }
}
