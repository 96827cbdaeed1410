package dev.pedidos.api.publishing;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.protocol.DuePublisher;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * The relay of a transactional outbox. It publishes pedidos that are in the ledger and perhaps not in the broker: those inserted by
 * a program that died or had no broker, retries that never came back, dead letters that have no confirm. Any number of relays may run.
 */
public final class Relay {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(Relay.class));
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int BATCH = 200;
    /** Longer than the confirms of a batch may take: no other relay may claim what this one is about to mark. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);

    private final RelayLedger ledger;
    private final DuePublisher publisher;
    private final PublishingMetrics metrics;
    private final long batchBytes;
    private final BooleanSupplier storesUp;
    /** How long the ledger has taken for the last batch and what came after it. */
    private long lookNanos;

    /** @param batchBytes a batch ends with this many; a larger pedido is a batch alone */
    public Relay(
            RelayLedger ledger,
            DuePublisher publisher,
            PublishingMetrics metrics,
            long batchBytes,
            BooleanSupplier storesUp) {
        this.ledger = ledger;
        this.publisher = publisher;
        this.metrics = metrics;
        this.batchBytes = batchBytes;
        this.storesUp = storesUp;
    }

    public PeriodicTask loop() {
        return new PeriodicTask(
                "relay",
                Timing.interruptedAtStop(PAUSE),
                this::step,
                FAULTS.warning(
                        "the relay failed; the pedidos that it claimed are claimed again when their lease ends"));
    }

    /**
     * Finding due pedidos may read every index entry that has died since the oldest open snapshot: after a long look the relay rests
     * for as long.
     */
    private Duration step() throws SQLException, InterruptedException {
        if (!storesUp.getAsBoolean()) {
            return PAUSE;
        }
        if (relayBatch()) {
            return Duration.ZERO;
        }
        bringForward();
        return Collections.max(List.of(Duration.ofNanos(lookNanos), PAUSE));
    }

    /**
     * Claims a batch, publishes it, waits for the confirms and marks each pedido that has one. The others are claimed again
     * later.
     *
     * @return whether there may be more at once
     */
    private boolean relayBatch() throws SQLException, InterruptedException {
        long began = System.nanoTime();
        RelayLedger.Claim claim = ledger.claim(BATCH, batchBytes, LEASE);
        lookNanos = System.nanoTime() - began;
        List<Due> claimed = claim.due();
        List<PublishedMark> marks = ConfirmWait.confirmed(publisher.publish(claimed), CONFIRM_WAIT);
        if (!marks.isEmpty()) {
            ledger.mark(marks);
        }
        metrics.relayed(marks.size(), claimed.size() - marks.size());
        return claim.more() && !marks.isEmpty();
    }

    /** After the last batch of a round. */
    private void bringForward() {
        long began = System.nanoTime();
        ledger.bringForward();
        lookNanos += System.nanoTime() - began;
    }
}
