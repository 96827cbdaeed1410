package dev.pedidos.api.operate;

import dev.pedidos.api.operate.LetterAuditor.Audited;
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
 * Keeps the queue of dead letters in step with the ledger. Starts a comparison at the start, after redrives and
 * discards of this instance, after letters were taken from the queue, and at intervals. Also counts dead letters.
 */
public final class LetterSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterSweep.class);
    private static final RepeatedFaultLog FAULTS = new RepeatedFaultLog(LOG);
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** After letters were missed: somebody who only looks at letters returns them within this time. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(8);

    private static final Duration NOW_AND_THEN = Duration.ofMinutes(10);
    /** The first sweep may miss a letter that somebody held or that was on its way: the next sweeps come soon. */
    private static final int GROWTH = 4;

    private static final Duration COUNT_AFTER = Duration.ofSeconds(10);
    /** A sweep withholds the letters from everybody else, so sweeps take at most this part of the time. */
    private static final int REST_PER_SWEEP = 10;

    private final LetterAuditor auditor;
    private final Supplier<@Nullable Integer> inQueue;
    private final DeadLetterReads letters;
    private final OperatorSignals signals;
    private final BooleanSupplier storesUp;
    private final LetterGap gap = new LetterGap();
    private final PeriodicTask task = new PeriodicTask(
            "letter-sweep",
            Timing.interruptedAtStop(LOOK),
            this::step,
            failure -> FAULTS.warn(
                    "the dead letters could not be swept; tried again in " + LOOK.toSeconds() + " s",
                    failure.toString()));
    private double settled;
    private long swept;
    /** Letters that were taken while no instance ran are missed by the first sweep. */
    private long sooner;

    private long interval = NOW_AND_THEN.toNanos();
    private long rest = LOOK.toNanos();
    private long counted;

    /** @param inQueue the number of letters that are not delivered to anybody; null if unknown */
    public LetterSweep(
            LetterAuditor auditor,
            Supplier<@Nullable Integer> inQueue,
            DeadLetterReads letters,
            OperatorSignals signals,
            BooleanSupplier storesUp) {
        this.auditor = auditor;
        this.inQueue = inQueue;
        this.letters = letters;
        this.signals = signals;
        this.storesUp = storesUp;
    }

    public void start() {
        swept = System.nanoTime();
        counted = swept - COUNT_AFTER.toNanos();
        task.start();
    }

    private Duration step() throws Exception {
        if (storesUp.getAsBoolean()) {
            lookForReasons();
            long start = System.nanoTime();
            if (start - swept >= Math.max(Math.min(interval, sooner), rest)) {
                var audited = auditor.audit();
                audited.ifPresent(done -> planNext(done, start));
            }
        }
        return LOOK;
    }

    private void lookForReasons() {
        double now = signals.settled();
        if (now > settled) {
            settled = now;
            interval = 0;
        }
        if (System.nanoTime() - counted > COUNT_AFTER.toNanos()) {
            if (count() && sooner == NOW_AND_THEN.toNanos()) {
                sooner = 0;
            }
            counted = System.nanoTime();
        }
    }

    private void planNext(Audited audited, long start) {
        tell(audited);
        swept = System.nanoTime();
        rest = REST_PER_SWEEP * (swept - start);
        sooner = (audited.suspected() > 0 ? SECOND_LOOK : NOW_AND_THEN).toNanos();
        // A sweep soon shows whether they have arrived, and whether some are there twice.
        interval = audited.republished() > 0 ? 0 : interval;
        interval = Math.min(Math.max(LOOK.toNanos(), interval * GROWTH), NOW_AND_THEN.toNanos());
    }

    private void tell(Audited audited) {
        signals.swept(audited.removed());
        signals.missing(audited.republished());
        if (audited.removed() > 0) {
            LOG.info(
                    "{} of {} messages in pedidos_dlq were outdated and were removed",
                    audited.removed(),
                    audited.lookedAt());
        }
        if (audited.republished() > 0) {
            LOG.warn(
                    "{} dead letters of the ledger are missing from their queue: somebody took them. The relays"
                            + " publish them again",
                    audited.republished());
        }
    }

    /** @return true if letters were taken from the queue since the last count */
    private boolean count() {
        try {
            var counts = letters.counts();
            signals.counted(counts);
            var ready = inQueue.get();
            return ready != null && gap.widens(counts.published(), ready);
        } catch (RuntimeException e) {
            LOG.debug("the dead letters could not be counted; trying again", e);
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
