package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link FailoverState} that many threads share, with what has to change together with it: how much was sent to the open
 * queue, and the pedidos that wait. It sends nothing itself.
 */
final class FailoverGate {

    /** Pedidos that take the same route now. */
    record Released(List<Submission> submissions, Route route) {
        static final Released NONE = new Released(List.of(), Route.HOLD);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FailoverGate.class);

    private final Supplier<StoresUp> stores;
    private final List<Submission> held = new ArrayList<>();
    /** At first the broker keeps new pedidos: others may have left something in the open queue. */
    private FailoverState state = new FailoverState.FailedOver();

    private OpenQueueTraffic traffic = OpenQueueTraffic.NONE;
    /** A pedido of this instance may lie in the open queue, confirmed or not. At first one of the process before it may. */
    private boolean openQueueMayHaveOurs = true;

    /** @param stores answers at once, from what is known */
    FailoverGate(Supplier<StoresUp> stores) {
        this.stores = stores;
    }

    /** Where a new pedido goes. A pedido that has to wait is held here. */
    synchronized Route routeOrHold(Submission submission) {
        StoresUp now = stores.get();
        become(state.seeing(now), "the database is down");
        Route route = state.route(now);
        if (route == Route.HOLD) {
            held.add(submission);
        }
        count(route, 1);
        return route;
    }

    /** Where a pedido would go now. */
    synchronized Route route() {
        return state.route(stores.get());
    }

    /** An insert failed, and its pedido is sent to the open queue instead. */
    synchronized void insertFailed() {
        become(state.insertFailed(), "a pedido could not be inserted");
        count(Route.BROKER, 1);
    }

    /** The open queue has a pedido that was sent to it. */
    synchronized void confirmed() {
        openQueueMayHaveOurs = true;
        oneSettled();
    }

    /** The open queue did not confirm a pedido that was sent to it. */
    synchronized void givenUp() {
        oneSettled();
    }

    private void oneSettled() {
        traffic = traffic.oneSettled();
        notifyAll();
    }

    synchronized boolean isNormal() {
        return state instanceof FailoverState.Normal;
    }

    /** While the broker is up the intake looks at the open queue soon: others may have left something there. */
    synchronized boolean hasInsertedAll() {
        return isNormal() || (!openQueueMayHaveOurs && isBrokerDown());
    }

    synchronized void awaitNormal(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !isNormal() && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized void hold(long nanos) {
        state = state.hold(nanos);
    }

    /** Waits until every pedido that was sent to the open queue is confirmed or given up. Empty if there is no hold any more. */
    synchronized Optional<OpenQueueTraffic> awaitAllSent(Duration longestHold) throws InterruptedException {
        while (isHolding() && traffic.underWay() > 0) {
            wait(longestHold.toMillis());
        }
        return isHolding() ? Optional.of(traffic) : Optional.empty();
    }

    /**
     * Ends the hold: everything in the open queue is inserted. Empty if another pedido was sent there since {@code before}, or if
     * there is no hold.
     */
    synchronized Optional<Released> failBack(OpenQueueTraffic before) {
        if (!isHolding() || !traffic.equals(before)) {
            return Optional.empty();
        }
        state = state.queueInserted();
        openQueueMayHaveOurs = false;
        return Optional.of(new Released(drained(), Route.LEDGER));
    }

    /** Ends the hold although the open queue is not empty. */
    synchronized Released release() {
        state = state.release();
        return released(route());
    }

    /** Ends a hold that has lasted for longer than this. */
    synchronized Released expireHold(long nanos, Duration longest) {
        state = state.expired(nanos, longest);
        return released(route());
    }

    /** At the stop nobody waits any more. */
    synchronized Released endAllWaits() {
        state = state.release();
        return released(state.route(stores.get().interruptedAsDown()));
    }

    private Released released(Route route) {
        if (route == Route.HOLD) {
            return Released.NONE;
        }
        var released = new Released(drained(), route);
        count(route, released.submissions().size());
        return released;
    }

    private boolean isHolding() {
        return state instanceof FailoverState.Holding;
    }

    private void count(Route route, int submissions) {
        if (route == Route.BROKER) {
            traffic = traffic.plus(submissions);
            openQueueMayHaveOurs |= submissions > 0 && !isBrokerDown();
        }
    }

    private boolean isBrokerDown() {
        return stores.get().broker() == StoresUp.Broker.DOWN;
    }

    private List<Submission> drained() {
        notifyAll();
        List<Submission> all = List.copyOf(held);
        held.clear();
        return all;
    }

    private void become(FailoverState next, String reason) {
        if (!next.equals(state)) {
            state = next;
            LOG.warn("{}: new pedidos go to pedidos_queue until all that lies there is inserted", reason);
        }
    }
}
