package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which way new pedidos go. Open: they are noted. Closed, from the moment that the database was seen away: they go to the
 * open queue, un-noted, and so do all that come after them, until the intake has noted everything that lies there: a
 * pedido noted at once would overtake one that still lies in the queue. Held: for a moment new ones wait, so that the queue
 * can be seen empty.
 */
public final class Gate implements Detour, AutoCloseable {
    /** Where those go that are to be noted. */
    @FunctionalInterface
    public interface Notes {
        void add(Submission submission);
    }

    private enum State {
        OPEN,
        CLOSED,
        HELD
    }

    private enum Way {
        NOTED,
        UNNOTED,
        WAITING
    }

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    static final Duration LONGEST_HOLD = Duration.ofSeconds(2);

    private final Duration longestHold;
    private final BooleanSupplier ledgerUp;
    private final BooleanSupplier brokerUp;
    private final Unnoted unnoted;
    private final PeriodicTask watch;
    private final List<Submission> held = new ArrayList<>();
    private Notes notes = submission -> submission.answer().complete(new Acceptance.Unavailable());
    private volatile State state = State.CLOSED;
    private int underWay;
    private long everUnnoted;
    private long heldSince;

    /** Both suppliers answer at once, from what is known. It is closed at first: others may have left something behind. */
    public Gate(BooleanSupplier ledgerUp, BooleanSupplier brokerUp, Unnoted unnoted, AcceptanceMetrics metrics) {
        this(ledgerUp, brokerUp, unnoted, metrics, LONGEST_HOLD);
    }

    Gate(
            BooleanSupplier ledgerUp,
            BooleanSupplier brokerUp,
            Unnoted unnoted,
            AcceptanceMetrics metrics,
            Duration longestHold) {
        this.longestHold = longestHold;
        this.ledgerUp = ledgerUp;
        this.brokerUp = brokerUp;
        this.unnoted = unnoted;
        this.watch = new PeriodicTask(
                "gate-watch",
                Timing.interruptedAtStop(longestHold.dividedBy(4)),
                this::releaseAfterLongest,
                new FaultLog(LOG).warning("pedidos that were held for too long could not be released; tried again"));
        metrics.gate(this::isOpen);
    }

    public void start(Notes toBeNoted) {
        notes = toBeNoted;
        watch.start();
    }

    /** For a start with both stores: it opens when the queue was looked at. */
    public synchronized void awaitOpen(Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); !isOpen() && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Takes a new one in. */
    void pass(Submission submission) {
        if (isOpen() && !ledgerUp.getAsBoolean()) {
            close("the database is away");
        }
        switch (wayOf(submission)) {
            case NOTED -> noteIfPossible(submission);
            case UNNOTED -> unnoted.accept(submission, this::settled);
            case WAITING -> {}
        }
    }

    /** Without broker nothing reaches a worker before what lies in the queue does: it is noted, although that is not empty. */
    private synchronized Way wayOf(Submission submission) {
        if (state == State.OPEN || !brokerUp.getAsBoolean()) {
            return Way.NOTED;
        }
        if (state == State.HELD) {
            held.add(submission);
            return Way.WAITING;
        }
        countUnnoted();
        return Way.UNNOTED;
    }

    private void noteIfPossible(Submission submission) {
        if (ledgerUp.getAsBoolean()) {
            notes.add(submission);
        } else {
            submission.answer().complete(new Acceptance.Unavailable());
        }
    }

    @Override
    public boolean isThere() {
        return brokerUp.getAsBoolean();
    }

    @Override
    public boolean isBetter() {
        return !isOpen() && isThere();
    }

    /** Whether it was noted may be unknown: if it was, the intake finds it so. */
    @Override
    public void take(Submission submission) {
        synchronized (this) {
            close("a pedido could not be noted");
            countUnnoted();
        }
        unnoted.accept(submission, this::settled);
    }

    private synchronized void countUnnoted() {
        underWay++;
        everUnnoted++;
    }

    private synchronized void settled() {
        underWay--;
        if (underWay == 0) {
            notifyAll();
        }
    }

    private synchronized void close(String reason) {
        if (state == State.OPEN) {
            state = State.CLOSED;
            LOG.warn("{}: new pedidos are accepted by the broker, until the queue of those not noted is empty", reason);
        }
    }

    /** New ones wait from now on, for {@link #LONGEST_HOLD} at the most. */
    public synchronized void hold() {
        if (state == State.CLOSED) {
            state = State.HELD;
            heldSince = System.nanoTime();
        }
    }

    /**
     * Waits until none is under way to the queue, for as long as new ones are held.
     *
     * @return how many were sent there ever; -1 where new ones are not held
     */
    public synchronized long awaitAllSent() throws InterruptedException {
        while (state == State.HELD && underWay > 0) {
            wait(longestHold.toMillis());
        }
        return state == State.HELD ? everUnnoted : -1;
    }

    /**
     * The queue was seen empty.
     *
     * @param sentBefore {@link #awaitAllSent}, from before it was looked at
     * @return whether it opened: not where one more was sent to the queue meanwhile
     */
    public boolean open(long sentBefore) {
        List<Submission> waiting;
        synchronized (this) {
            if (state != State.HELD || underWay > 0 || everUnnoted != sentBefore) {
                return false;
            }
            state = State.OPEN;
            notifyAll();
            waiting = drained();
        }
        LOG.info("new pedidos are noted");
        waiting.forEach(notes::add);
        return true;
    }

    /** Those that were held go un-noted. */
    public void release() {
        List<Submission> waiting;
        synchronized (this) {
            if (state != State.HELD) {
                return;
            }
            state = State.CLOSED;
            waiting = drained();
            notifyAll();
        }
        waiting.forEach(this::afterHold);
    }

    private void afterHold(Submission submission) {
        if (isThere()) {
            take(submission);
        } else {
            noteIfPossible(submission);
        }
    }

    private Duration releaseAfterLongest() {
        if (state == State.HELD && System.nanoTime() - heldSince > longestHold.toNanos()) {
            release();
        }
        return longestHold.dividedBy(4);
    }

    private List<Submission> drained() {
        List<Submission> all = List.copyOf(held);
        held.clear();
        return all;
    }

    @Override
    public void close() throws InterruptedException {
        release();
        watch.close();
    }
}
