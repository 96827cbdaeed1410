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
    private final FailoverGate gate;
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
        this.gate = new FailoverGate(stores);
        this.ledger = ledger;
        this.broker = broker;
        this.nanos = nanos;
        this.waitWatch = new WaitWatch(stores, gate, ledger, this::sendAll, nanos);
        metrics.gate(gate::isNormal);
    }

    public void start() {
        ledger.start();
        waitWatch.start();
    }

    /** Takes a new pedido in; its answer comes in bounded time. */
    void accept(Submission submission) {
        send(submission, gate.routeOrHold(submission));
    }

    private void send(Submission submission, Route route) {
        switch (route) {
            case LEDGER -> byLedger(submission);
            case BROKER -> byBroker(submission);
            case NONE -> submission.clientAnswer().complete(new Acceptance.BothStoresDown());
            case HOLD -> {
                // The gate holds it.
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

    /**
     * If it was inserted all the same, the intake finds it in the ledger. Without the broker only this insert has failed, not the
     * ledger: for example one of its sessions was ended.
     */
    private void fallBack(Submission submission) {
        gate.insertFailed();
        toOpenQueue(submission, () -> {
            StoresUp up = stores.get();
            return up.ledgerUp() && !up.brokerUp();
        });
    }

    /** The broker may be up and the open queue stuck, for example without a majority: then the ledger keeps the pedido. */
    private void byBroker(Submission submission) {
        long sent = nanos.getAsLong();
        toOpenQueue(
                submission,
                () -> openQueue.failed(sent, nanos.getAsLong()) && stores.get().ledgerUp());
    }

    /** @param byLedgerInstead asked only if the queue did not confirm it */
    private void toOpenQueue(Submission submission, BooleanSupplier byLedgerInstead) {
        var unused = broker.accept(submission).thenAccept(acceptance -> {
            if (acceptance instanceof Acceptance.Accepted) {
                confirmed(submission, acceptance);
                return;
            }
            gate.givenUp();
            if (byLedgerInstead.getAsBoolean()) {
                byLedgerAlone(submission);
            } else {
                submission.clientAnswer().complete(new Acceptance.Unavailable());
            }
        });
    }

    private void confirmed(Submission submission, Acceptance acceptance) {
        gate.confirmed();
        openQueue.confirmed(nanos.getAsLong());
        submission.clientAnswer().complete(acceptance);
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

    /** After a failed insert the pedidos that wait for their insert take the route of new ones. */
    private void rerouteWaiting() {
        if (gate.route() != Route.LEDGER) {
            ledger.handBackQueue();
        }
    }

    WaitWatch waitWatch() {
        return waitWatch;
    }

    /** New pedidos are inserted: the open queue holds none that was accepted before them. */
    public boolean isNormal() {
        return gate.isNormal();
    }

    /** Every pedido that this instance has answered 202 is in the ledger, those of before its start too. */
    public boolean hasInsertedAll() {
        return gate.hasInsertedAll();
    }

    /** A new pedido would be inserted now. Without the broker it is, although the open queue may hold some. */
    public boolean insertsNow() {
        return gate.route() == Route.LEDGER;
    }

    /** No store takes a new pedido, as far as is known: not even a broker that is up, if its open queue confirms nothing. */
    public boolean takesNothing() {
        StoresUp up = stores.get();
        return !up.ledgerUp() && (!up.brokerUp() || openQueue.isStuck(nanos.getAsLong()));
    }

    /** For a start with both stores: the intake looks at the open queue first. */
    public void awaitNormal(Duration atMost) throws InterruptedException {
        gate.awaitNormal(atMost);
    }

    /** New pedidos wait from now on, for {@link #LONGEST_HOLD} at the most, until what lies in the open queue is inserted. */
    public void hold() {
        gate.hold(nanos.getAsLong());
    }

    /** Waits until every pedido that was sent to the open queue is confirmed or given up. Empty if there is no hold any more. */
    public Optional<OpenQueueTraffic> awaitAllSent() throws InterruptedException {
        return gate.awaitAllSent(LONGEST_HOLD);
    }

    /**
     * All that lay in the open queue is inserted.
     *
     * @param before {@link #awaitAllSent}, from before the look at the queue
     * @return whether new pedidos are inserted now: not where one more was sent to the queue meanwhile
     */
    public boolean failBack(OpenQueueTraffic before) {
        var released = gate.failBack(before);
        released.ifPresent(waiting -> {
            LOG.info("new pedidos are inserted into the ledger");
            sendAll(waiting);
        });
        return released.isPresent();
    }

    /** The open queue is not empty yet: those that wait go by the broker. */
    public void release() {
        sendAll(gate.release());
    }

    private void sendAll(FailoverGate.Released released) {
        released.submissions().forEach(submission -> send(submission, released.route()));
    }

    /** Sends on those that wait, and inserts what it can. */
    @Override
    public void close() throws InterruptedException {
        sendAll(gate.endAllWaits());
        ledger.close();
        waitWatch.close();
    }
}
