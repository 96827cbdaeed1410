package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link FailoverState} that many threads share, with what has to change together with it: how much was sent to the open
 * queue, and the pedidos that wait. It sends nothing itself.
 */
final class FailoverSwitch {

    /** Pedidos that go the same way now. */
    record Released(List<Submission> submissions, AcceptancePath route) {
        static final Released NONE = new Released(List.of(), AcceptancePath.WAIT);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FailoverSwitch.class);

    private final Supplier<StoresUp> stores;
    private final List<Submission> held = new ArrayList<>();
    /** At first the broker keeps new pedidos: others may have left something in the open queue. */
    private FailoverState state = new FailoverState.FailedOver();

    private OpenQueueTraffic traffic = OpenQueueTraffic.NONE;
    /** A pedido of this instance may lie in the open queue, confirmed or not. */
    private boolean openQueueMayHaveOurs;

    /** @param stores answers at once, from what is known */
    FailoverSwitch(Supplier<StoresUp> stores) {
        this.stores = stores;
    }

    /** Where a new pedido goes; it is held here where it has to wait. */
    synchronized AcceptancePath routeOrHold(Submission submission) {
        StoresUp now = stores.get();
        become(state.seeing(now), "the database is down");
        AcceptancePath route = state.route(now);
        if (route == AcceptancePath.WAIT) {
            held.add(submission);
        }
        count(route, 1);
        return route;
    }

    /** Where a pedido would go now. */
    synchronized AcceptancePath route() {
        return state.route(stores.get());
    }

    /** An insert failed, and its pedido is sent to the open queue instead. */
    synchronized void insertFailed() {
        become(state.insertFailed(), "a pedido could not be inserted");
        count(AcceptancePath.BY_BROKER, 1);
    }

    /** @param confirmed one that was sent to the open queue is there; else it is given up */
    synchronized void settled(boolean confirmed) {
        traffic = traffic.oneSettled();
        openQueueMayHaveOurs |= confirmed;
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

    /** Waits until none is under way to the open queue; empty where new ones do not wait. */
    synchronized Optional<OpenQueueTraffic> awaitAllSent(Duration longestHold) throws InterruptedException {
        while (isHolding() && traffic.underWay() > 0) {
            wait(longestHold.toMillis());
        }
        return isHolding() ? Optional.of(traffic) : Optional.empty();
    }

    /** All that lay in the open queue is inserted. Empty: one more was sent there meanwhile, or new ones do not wait. */
    synchronized Optional<Released> failBack(OpenQueueTraffic before) {
        if (!isHolding() || !traffic.equals(before)) {
            return Optional.empty();
        }
        state = state.queueInserted();
        openQueueMayHaveOurs = false;
        return Optional.of(new Released(drained(), AcceptancePath.BY_LEDGER));
    }

    /** @param end the state after the hold; the same state where the hold goes on */
    synchronized Released endHold(UnaryOperator<FailoverState> end) {
        state = end.apply(state);
        return released(route());
    }

    /** At the stop nobody waits any more. */
    synchronized Released endAllWaits() {
        state = state.release();
        return released(state.route(stores.get().withoutWait()));
    }

    private Released released(AcceptancePath route) {
        if (route == AcceptancePath.WAIT) {
            return Released.NONE;
        }
        var released = new Released(drained(), route);
        count(route, released.submissions().size());
        return released;
    }

    private boolean isHolding() {
        return state instanceof FailoverState.Holding;
    }

    private void count(AcceptancePath route, int submissions) {
        if (route == AcceptancePath.BY_BROKER) {
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
