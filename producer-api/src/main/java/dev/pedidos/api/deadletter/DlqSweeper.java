package dev.pedidos.api.deadletter;

import dev.pedidos.api.deadletter.DlqSweep.Swept;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.deadletter.DeadLetterReads;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the queue of dead letters in step with the ledger. Sweeps it at the start, after redrives and
 * discards of this instance, after letters were taken from the queue, and at intervals. Also counts dead letters.
 */
public final class DlqSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(DlqSweeper.class);
    private static final RepeatedFaultLog FAULTS = new RepeatedFaultLog(LOG);
    private static final LedgerFaultLog COUNT_FAULTS = new LedgerFaultLog(LOG);
    private static final Duration LOOK_EVERY = SweepSchedule.SHORTEST;
    private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

    private final DlqSweep sweep;
    private final Supplier<@Nullable Integer> inQueue;
    private final DeadLetterReads letters;
    private final OperatorMetrics metrics;
    private final BooleanSupplier ledgerUp;
    private final BooleanSupplier brokerUp;
    private final DlqGap gap = new DlqGap();
    private final PeriodicTask task = new PeriodicTask(
            "dlq-sweep",
            Timing.interruptedAtStop(LOOK_EVERY),
            this::step,
            failure -> FAULTS.warn(
                    "the dead letters could not be swept; tried again in " + LOOK_EVERY.toSeconds() + " s",
                    failure.toString()));
    private final SweepSchedule schedule = new SweepSchedule(System.nanoTime());
    private long settledBefore;
    private long nextCountNanos = System.nanoTime();

    /** @param inQueue the number of letters that are not delivered to anybody; null if unknown */
    public DlqSweeper(
            DlqSweep sweep,
            Supplier<@Nullable Integer> inQueue,
            DeadLetterReads letters,
            OperatorMetrics metrics,
            BooleanSupplier ledgerUp,
            BooleanSupplier brokerUp) {
        this.sweep = sweep;
        this.inQueue = inQueue;
        this.letters = letters;
        this.metrics = metrics;
        this.ledgerUp = ledgerUp;
        this.brokerUp = brokerUp;
    }

    public PeriodicTask loop() {
        return task;
    }

    private Duration step() throws Exception {
        if (ledgerUp.getAsBoolean()) {
            lookForReasons();
            long start = System.nanoTime();
            if (brokerUp.getAsBoolean() && schedule.isDue(start)) {
                sweep.run().ifPresent(swept -> swept(swept, start));
            }
        }
        return LOOK_EVERY;
    }

    private void lookForReasons() {
        long settled = metrics.settled();
        if (settled > settledBefore) {
            settledBefore = settled;
            schedule.hurryForOutdated();
        }
        if (System.nanoTime() - nextCountNanos > 0) {
            if (count()) {
                schedule.hurryForTaken();
            }
            nextCountNanos = System.nanoTime() + COUNT_EVERY.toNanos();
        }
    }

    private void swept(Swept swept, long startNanos) {
        report(swept);
        long now = System.nanoTime();
        schedule.swept(now, Duration.ofNanos(now - startNanos), swept);
    }

    private void report(Swept swept) {
        metrics.swept(swept.removed());
        metrics.missing(swept.republished());
        if (swept.removed() > 0) {
            LOG.info(
                    "{} of {} messages in pedidos_dlq were outdated and were removed",
                    swept.removed(),
                    swept.lookedAt());
        }
        if (swept.republished() > 0) {
            LOG.warn(
                    "{} dead letters of the ledger are missing from their queue: somebody took them. The relays"
                            + " publish them again",
                    swept.republished());
        }
    }

    /** @return true if letters were taken from the queue since the last count */
    private boolean count() {
        try {
            var counts = letters.counts();
            metrics.counted(counts);
            COUNT_FAULTS.over();
            var ready = inQueue.get();
            return ready != null && gap.record(counts.published(), ready);
        } catch (RuntimeException e) {
            COUNT_FAULTS.warn(
                    "the dead letters could not be counted; tried again in " + COUNT_EVERY.toSeconds() + " s", e);
            return false;
        }
    }
}
