package dev.pedidos.worker.archive;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.archive.ArchivePass;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives final pedidos from the age that is set. Of the workers of a fleet one does it at a time, and it leaves most of the
 * time to the others' work: after each batch it rests several times as long as the batch took.
 */
public final class Archiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LOG);

    /** Between two passes. */
    private static final Duration REST = Duration.ofMinutes(1);
    /** Pause before this worker tries again to become the archiver. */
    private static final Duration TRY_LOCK_EVERY = Duration.ofSeconds(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final int REST_PER_BATCH = 4;

    private final Database database;
    private final Duration age;
    private final Duration rest;
    private final Counter archived;
    private final PeriodicTask task = new PeriodicTask(
            "archiver",
            Timing.finishedAtStop(AFTER_FAILURE),
            this::step,
            failure -> FAULTS.warn(
                    "final pedidos could not be archived, they stay where they are; tried again in "
                            + AFTER_FAILURE.toSeconds() + " s",
                    failure));
    private Optional<ArchivePass> pass = Optional.empty();
    private long movedInPass;
    private volatile double overdueSeconds;

    /** @param age of the pedidos to archive */
    public Archiver(Database database, Duration age, MeterRegistry metrics) {
        this.database = database;
        this.age = age;
        // A pedido is archived soon after it is due, also where that is a matter of seconds.
        this.rest = Collections.min(List.of(age, REST));
        archived = Counter.builder("pedidos_archived_total").register(metrics);
        Gauge.builder("pedidos_archive_overdue_seconds", () -> overdueSeconds).register(metrics);
    }

    public void start() {
        task.start();
    }

    private Duration step() {
        if (!database.isUp()) {
            endPass();
            return TRY_LOCK_EVERY;
        }
        if (pass.isEmpty()) {
            pass = ArchivePass.tryBegin(database, age);
            if (pass.isEmpty()) {
                overdueSeconds = 0;
                return TRY_LOCK_EVERY;
            }
        }
        try {
            long began = System.nanoTime();
            var batch = pass.get().next();
            if (batch.isEmpty()) {
                endPass();
                overdueSeconds = 0;
                return rest;
            }
            archived.increment(batch.get().moved());
            movedInPass += batch.get().moved();
            overdueSeconds = batch.get().overdueSeconds();
            return restAfter(Duration.ofNanos(System.nanoTime() - began));
        } catch (RuntimeException e) {
            endPass();
            throw e;
        }
    }

    private static Duration restAfter(Duration batch) {
        return Collections.min(List.of(batch.multipliedBy(REST_PER_BATCH), ArchivePass.LONGEST_REST));
    }

    /** After a failure the oldest pedido is still as old as it was. */
    private void endPass() {
        if (movedInPass > 0) {
            LOG.info(
                    "{} final pedidos were moved to the archive; the next look is in {} s",
                    movedInPass,
                    rest.toSeconds());
            movedInPass = 0;
        }
        pass.ifPresent(ArchivePass::close);
        pass = Optional.empty();
    }

    /** Ends within the batch in hand. */
    @Override
    public void close() throws InterruptedException {
        task.close();
        endPass();
    }
}
