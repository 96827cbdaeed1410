package dev.pedidos.worker.limit;

import dev.pedidos.shared.ledger.limit.Limit;
import java.time.Duration;

/**
 * How long the database takes to give a slot. The worker does not know when in that time the slot began, so a call may
 * be that late, and the slot stays taken that much longer.
 */
final class SlotLatency {

    private static final long LONGEST = Limit.LATEST.toNanos() / 2;

    private long usual;

    /** How late a call may be: twice the usual time of an answer, at least the limit's tolerance. */
    synchronized Duration allowedDelay(Duration tolerance) {
        return Duration.ofNanos(Math.max(tolerance.toNanos(), 2 * usual));
    }

    /** A slow answer counts at once, and is forgotten slowly. */
    synchronized void record(long nanos) {
        usual = Math.min(LONGEST, Math.max(nanos, usual - usual / 8));
    }
}
