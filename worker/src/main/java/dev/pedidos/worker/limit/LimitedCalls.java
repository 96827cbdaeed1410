package dev.pedidos.worker.limit;

import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.Slot;
import dev.pedidos.shared.ledger.limit.Slots;
import dev.pedidos.worker.calls.CallLimit.AfterWait;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.LimitReached;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Calls that keep to the limits: each takes a slot first. If a slot is free in a moment the call waits for it. Otherwise it is
 * not made, and its pedido waits in the ledger.
 */
public final class LimitedCalls implements Calls {

    /** After so many late wake-ups the call is not made. */
    private static final int MOST_TRIES = 5;

    private final Function<String, Optional<Limit>> limits;
    private final Slots slots;
    private final SlotLatency times;
    private final LimitMetrics metrics;
    private final String pedidoId;
    private final AfterWait afterWait;
    private final Calls next;
    private final LongSupplier nanos;
    private volatile boolean called;

    /**
     * @param limits those in force, by dependency
     * @param afterWait before a call that has waited
     * @param next makes the calls that are allowed
     */
    public LimitedCalls(
            Function<String, Optional<Limit>> limits,
            Slots slots,
            SlotLatency times,
            LimitMetrics metrics,
            String pedidoId,
            AfterWait afterWait,
            Calls next) {
        this(limits, slots, times, metrics, pedidoId, afterWait, next, System::nanoTime);
    }

    LimitedCalls(
            Function<String, Optional<Limit>> limits,
            Slots slots,
            SlotLatency times,
            LimitMetrics metrics,
            String pedidoId,
            AfterWait afterWait,
            Calls next,
            LongSupplier nanos) {
        this.limits = limits;
        this.slots = slots;
        this.times = times;
        this.metrics = metrics;
        this.pedidoId = pedidoId;
        this.afterWait = afterWait;
        this.next = next;
        this.nanos = nanos;
    }

    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        var limit = limits.apply(dependency);
        if (limit.isPresent()) {
            awaitSlot(limit.get());
            called = true;
        }
        return next.call(dependency, call);
    }

    private void awaitSlot(Limit limit) throws LimitReached, DependencyBusy, InterruptedException {
        var late = times.allowedDelay(limit.tolerance());
        long asked = nanos.getAsLong();
        var slot = slots.take(limit, new Slots.Asking(pedidoId, called), late);
        for (int tries = 1; slot.isPresent() && tries <= MOST_TRIES; tries++) {
            times.record(nanos.getAsLong() - asked);
            await(limit.dependency(), slot.get().pause());
            if (isInTime(asked, slot.get(), late)) {
                metrics.allowed();
                return;
            }
            late = times.allowedDelay(limit.tolerance());
            asked = nanos.getAsLong();
            slot = slots.takeLater(limit, slot.get(), late);
        }
        metrics.refused();
        throw new LimitReached(limit.dependency());
    }

    private void await(String dependency, Duration pause) throws DependencyBusy, InterruptedException {
        if (pause.isPositive()) {
            Thread.sleep(pause);
            afterWait.check(dependency);
        }
    }

    /** A call that begins much later than its slot says could meet the calls of the next window. */
    private boolean isInTime(long asked, Slot slot, Duration late) {
        var passed = Duration.ofNanos(nanos.getAsLong() - asked);
        return passed.minus(slot.pause()).compareTo(late) <= 0;
    }
}
