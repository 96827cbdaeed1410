package dev.pedidos.api.acceptance;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each new pedido by the ledger or by the broker, as its {@link FailoverState} says. It alone decides, and it alone
 * falls back: a pedido that could not be inserted in time goes by the broker, and one that goes by a stuck queue by the ledger.
 */
public final class Failover implements AutoCloseable {
    static final Duration LONGEST_HOLD = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

    private final Supplier<StoresUp> stores;
    private final FailoverSwitch state;
    private final LedgerPath ledger;
    private final BrokerPath broker;
    private final StuckQueueDetector openQueue = new StuckQueueDetector();
    private final LongSupplier nanos;
    private final WaitWatch waitWatch;

    /** Both answer at once, from what is known. */
    public Failover(
            BooleanSupplier ledgerUp,
            BooleanSupplier brokerUp,
            LedgerPath ledger,
            BrokerPath broker,
            AcceptanceMetrics metrics) {
        this(ledgerUp, brokerUp, ledger, broker, metrics, System::nanoTime);
    }

    /** @param nanos System::nanoTime, or a test's clock */
    Failover(
            BooleanSupplier ledgerUp,
            BooleanSupplier brokerUp,
            LedgerPath ledger,
            BrokerPath broker,
            AcceptanceMetrics metrics,
            LongSupplier nanos) {
        var outage = new BrokerOutage(brokerUp, nanos);
        this.stores = () -> new StoresUp(ledgerUp.getAsBoolean(), outage.look());
        this.state = new FailoverSwitch(stores);
        this.ledger = ledger;
        this.broker = broker;
        this.nanos = nanos;
        this.waitWatch = new WaitWatch(stores, state, ledger, this::sendAll, nanos);
        metrics.gate(state::isNormal);
    }

    public void start() {
        ledger.start();
        waitWatch.start();
    }

    /** Takes a new pedido in; its answer comes in bounded time. */
    void accept(Submission submission) {
        send(submission, state.routeOrHold(submission));
    }

    private void send(Submission submission, AcceptancePath route) {
        switch (route) {
            case BY_LEDGER -> byLedger(submission);
            case BY_BROKER -> byBroker(submission);
            case NOWHERE -> submission.clientAnswer().complete(new Acceptance.BothStoresDown());
            case WAIT -> {
                // The switch holds it.
            }
        }
    }

    private void byLedger(Submission submission) {
        var unused = ledger.accept(submission).thenAccept(result -> {
            switch (result) {
                case LedgerResult.Answered(Acceptance acceptance) ->
                    submission.clientAnswer().complete(acceptance);
                case LedgerResult.Failed() -> {
                    fallBack(submission);
                    rerouteWaiting();
                }
                case LedgerResult.HandedBack() -> fallBack(submission);
            }
        });
    }

    /** If it was inserted all the same, the intake finds it in the ledger. */
    private void fallBack(Submission submission) {
        state.insertFailed();
        var unused = broker.accept(submission).thenAccept(acceptance -> {
            state.settled(acceptance instanceof Acceptance.Accepted);
            if (acceptance instanceof Acceptance.Accepted) {
                openQueue.confirmed(nanos.getAsLong());
                submission.clientAnswer().complete(acceptance);
            } else {
                fallbackFailed(submission);
            }
        });
    }

    /** Without the broker only this insert has failed, not the ledger: for example one of its sessions was ended. */
    private void fallbackFailed(Submission submission) {
        StoresUp up = stores.get();
        if (up.ledgerUp() && !up.brokerUp()) {
            byLedgerAlone(submission);
        } else {
            submission.clientAnswer().complete(new Acceptance.Unavailable());
        }
    }

    /** The broker may be up and the open queue stuck, for example without a majority: then the ledger keeps the pedido. */
    private void byBroker(Submission submission) {
        long sent = nanos.getAsLong();
        var unused = broker.accept(submission).thenAccept(acceptance -> {
            state.settled(acceptance instanceof Acceptance.Accepted);
            if (acceptance instanceof Acceptance.Unavailable) {
                notConfirmed(submission, sent);
            } else {
                openQueue.confirmed(nanos.getAsLong());
                submission.clientAnswer().complete(acceptance);
            }
        });
    }

    private void notConfirmed(Submission submission, long sent) {
        if (openQueue.failed(sent, nanos.getAsLong()) && stores.get().ledgerUp()) {
            byLedgerAlone(submission);
        } else {
            submission.clientAnswer().complete(new Acceptance.Unavailable());
        }
    }

    private void byLedgerAlone(Submission submission) {
        var unused = ledger.accept(PendingInsert.withoutFallback(submission))
                .thenAccept(result -> submission
                        .clientAnswer()
                        .complete(
                                result instanceof LedgerResult.Answered(Acceptance acceptance)
                                        ? acceptance
                                        : new Acceptance.Unavailable()));
    }

    /** After a failed insert those that wait for theirs take the way of the new ones. */
    private void rerouteWaiting() {
        if (state.route() != AcceptancePath.BY_LEDGER) {
            ledger.handBackQueue();
        }
    }

    WaitWatch waitWatch() {
        return waitWatch;
    }

    /** New pedidos are inserted: the open queue holds none that was accepted before them. */
    public boolean isNormal() {
        return state.isNormal();
    }

    /** Every pedido that this instance has answered 202 is in the ledger. */
    public boolean hasInsertedAll() {
        return state.hasInsertedAll();
    }

    /** A new pedido would be inserted now. Without the broker it is, although the open queue may hold some. */
    public boolean insertsNow() {
        return state.route() == AcceptancePath.BY_LEDGER;
    }

    /** No store takes a new pedido, as far as is known: not even a broker that is up, if its open queue confirms nothing. */
    public boolean takesNothing() {
        StoresUp up = stores.get();
        return !up.ledgerUp() && (!up.brokerUp() || openQueue.isStuck(nanos.getAsLong()));
    }

    /** For a start with both stores: the intake looks at the open queue first. */
    public void awaitNormal(Duration atMost) throws InterruptedException {
        state.awaitNormal(atMost);
    }

    /** New pedidos wait from now on, for {@link #LONGEST_HOLD} at the most, until what lies in the open queue is inserted. */
    public void hold() {
        state.hold(nanos.getAsLong());
    }

    /** Waits until every pedido that was sent to the open queue is there or given up; empty where new ones do not wait. */
    public Optional<OpenQueueTraffic> awaitAllSent() throws InterruptedException {
        return state.awaitAllSent(LONGEST_HOLD);
    }

    /**
     * All that lay in the open queue is inserted.
     *
     * @param before {@link #awaitAllSent}, from before the look at the queue
     * @return whether new pedidos are inserted now: not where one more was sent to the queue meanwhile
     */
    public boolean failBack(OpenQueueTraffic before) {
        var released = state.failBack(before);
        released.ifPresent(waiting -> {
            LOG.info("new pedidos are inserted into the ledger");
            sendAll(waiting);
        });
        return released.isPresent();
    }

    /** The open queue is not empty yet: those that wait go by the broker. */
    public void release() {
        sendAll(state.endHold(FailoverState::release));
    }

    private void sendAll(FailoverSwitch.Released released) {
        released.submissions().forEach(submission -> send(submission, released.route()));
    }

    /** Sends on those that wait, and inserts what it can. */
    @Override
    public void close() throws InterruptedException {
        sendAll(state.endAllWaits());
        ledger.close();
        waitWatch.close();
    }
}
