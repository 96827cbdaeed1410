package dev.pedidos.worker.limit;

import dev.pedidos.shared.ledger.limit.Limit;
import java.time.Duration;

/**
 * How long the database takes to give a place. The place counts from an unknown moment before the answer. So a call may be late by
 * as much, and while the database is slow a place must stay taken for longer.
 */
public final class AnswerTimes {

    private static final long LONGEST = Limit.LATEST.toNanos() / 2;

    private long usual;

    /** How late a call may be: twice the usual time of an answer, at least the limit's tolerance. */
    synchronized Duration late(Duration tolerance) {
        return Duration.ofNanos(Math.max(tolerance.toNanos(), 2 * usual));
    }

    /** A slow answer counts at once, and is forgotten slowly. */
    synchronized void saw(long nanos) {
        usual = Math.min(LONGEST, Math.max(nanos, usual - usual / 8));
    }
}
