package dev.pedidos.worker.limit;

import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.Slot;
import dev.pedidos.shared.ledger.limit.Slots;
import dev.pedidos.worker.calls.CallLimit.AfterWait;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.LimitReached;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Takes slots for the calls of this worker. If one is free in a moment, it waits for it. */
public final class SlotTaker {

    /** After so many late wake-ups there is none. */
    private static final int MOST_TRIES = 5;

    private final Slots slots;
    private final LimitMetrics metrics;
    private final LongSupplier nanos;
    private final SlotLatency latency = new SlotLatency();

    /** @param nanos System::nanoTime, or the clock of a test */
    public SlotTaker(Slots slots, LimitMetrics metrics, LongSupplier nanos) {
        this.slots = slots;
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /**
     * The call may be made when this returns.
     *
     * @param afterWait before a call that has waited
     * @throws LimitReached there is no slot
     */
    void take(Limit limit, Slots.Asking who, AfterWait afterWait)
            throws LimitReached, DependencyBusy, InterruptedException {
        var late = latency.allowedDelay(limit.tolerance());
        long asked = nanos.getAsLong();
        var slot = slots.take(limit, who, late);
        for (int tries = 1; slot.isPresent() && tries <= MOST_TRIES; tries++) {
            latency.record(nanos.getAsLong() - asked);
            var pause = slot.get().pause();
            if (pause.isPositive()) {
                Thread.sleep(pause);
                afterWait.check(limit.dependency());
            }
            if (isInTime(asked, slot.get(), late)) {
                metrics.allowed();
                return;
            }
            late = latency.allowedDelay(limit.tolerance());
            asked = nanos.getAsLong();
            slot = slots.takeLater(limit, slot.get(), late);
        }
        metrics.refused();
        throw new LimitReached(limit.dependency());
    }

    /** A call that begins much later than its slot says could meet the calls of the next window. */
    private boolean isInTime(long asked, Slot slot, Duration late) {
        var passed = Duration.ofNanos(nanos.getAsLong() - asked);
        return passed.minus(slot.pause()).compareTo(late) <= 0;
    }
}
