package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.Failover;
import dev.pedidos.api.acceptance.OpenQueueTraffic;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Takes pedidos from the open queue: those that were accepted without the database, that other programs published there
 * and that operators moved there. When all that lay there is inserted, and the {@link ReturnedPedidos} are back, the
 * {@link Failover} fails back. One instance at a time takes, inserts and commits, under a lock of the database: no instance may
 * see the queue empty while another one has some of its messages in hand.
 */
public final class OpenQueueIntake {
    static final int LARGEST = 200;
    private static final int GIVEN_BACK_LOOK_MS = 20;
    private static final Duration LONGEST_IN_HAND = Duration.ofSeconds(15);

    /**
     * One look at the queue.
     *
     * @param taken from its front, for good
     * @param mayHaveMore now; after a few messages it rests, so that another instance gets the lock
     */
    private record Round(int taken, boolean mayHaveMore) {}

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("intake-watch").daemon().factory());
    private final QueueReader reader;
    private final ReturnedPedidos returned;
    private final BooleanSupplier ledgerIsUp;
    private final Supplier<Optional<IntakeTransaction>> transactions;
    private final Failover failover;
    private final ClockReader clock;
    private final IntakeBatch batch;
    private final IntakeMetrics metrics;
    private final long batchBytes;
    private final DrainProgress drain = new DrainProgress();
    /** After a refusal each message is taken alone, so that the one that the database refuses is found. */
    private int leftToTakeAlone;

    /**
     * @param ledgerIsUp as last seen: it does not ask the database
     * @param transactions begins one; empty if another instance has it
     * @param batchBytes a batch ends with this many
     */
    public OpenQueueIntake(
            QueueReader reader,
            ReturnedPedidos returned,
            BooleanSupplier ledgerIsUp,
            Supplier<Optional<IntakeTransaction>> transactions,
            Failover failover,
            ClockReader clock,
            IntakeBatch batch,
            IntakeMetrics metrics,
            long batchBytes) {
        this.reader = reader;
        this.returned = returned;
        this.ledgerIsUp = ledgerIsUp;
        this.transactions = transactions;
        this.failover = failover;
        this.clock = clock;
        this.batch = batch;
        this.metrics = metrics;
        this.batchBytes = batchBytes;
    }

    /** @return whether there may be more at once */
    public boolean step() throws Exception {
        boolean ledgerUp = ledgerIsUp.getAsBoolean();
        boolean storesUp = ledgerUp && reader.isUp();
        if (!storesUp || failover.isNormal()) {
            drain.begin();
        }
        if (!ledgerUp || failover.isNormal()) {
            returned.endWait();
        }
        if (!storesUp) {
            failover.release();
            return false;
        }
        clock.readIfOld();
        try {
            int ready = reader.ready();
            metrics.waiting(ready);
            return (ready > 0 || !failover.isNormal()) && underLock();
        } catch (Exception e) {
            failover.release();
            reader.giveBack();
            if (LedgerFault.isRefusal(e) && leftToTakeAlone == 0) {
                leftToTakeAlone = LARGEST;
            }
            throw e;
        }
    }

    private boolean underLock() throws Exception {
        var begun = transactions.get();
        if (begun.isEmpty()) {
            return false;
        }
        try (IntakeTransaction transaction = begun.get()) {
            // The database ends a transaction that is silent for longer. Without its lock another instance could take
            // messages that come after those that this one still holds.
            var tooLong = watch.schedule(reader::giveBack, LONGEST_IN_HAND.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return failover.isNormal()
                        ? takeSome(transaction, Optional.empty()).mayHaveMore()
                        : takeAndFailBack(transaction);
            } catch (Exception e) {
                // Before the lock is free: another instance would take messages that come after these.
                reader.giveBack();
                throw e;
            } finally {
                tooLong.cancel(false);
            }
        }
    }

    private boolean takeAndFailBack(IntakeTransaction transaction) throws Exception {
        if (drain.mustHoldNewPedidos()) {
            failover.hold();
        }
        Optional<OpenQueueTraffic> sent = failover.awaitAllSent();
        Round round = takeSome(transaction, sent);
        drain.took(round.taken());
        boolean allInserted = sent.isPresent() && drain.isDone(sent.get());
        if (allInserted && !returned.waitIsOver()) {
            drain.countAgain();
            failover.release();
            return round.mayHaveMore();
        }
        boolean failedBack = allInserted && failover.failBack(sent.get());
        if (failedBack) {
            drain.countAgain();
        }
        return round.mayHaveMore() || (allInserted && !failedBack);
    }

    /** @param sent if it has changed, this counts what lay in the queue */
    private Round takeSome(IntakeTransaction transaction, Optional<OpenQueueTraffic> sent) throws Exception {
        int ready = reader.ready();
        List<PulledMessage> taken;
        try {
            taken = reader.take(leftToTakeAlone > 0 ? 1 : LARGEST, batchBytes);
        } catch (QueueReader.TooLarge e) {
            awaitGivenBack(ready);
            return new Round(0, true);
        }
        drain.sees(taken.size() == LARGEST || taken.size() < ready);
        // Another instance may have taken the messages that were counted.
        if (sent.isPresent() && (!drain.isCountedAt(sent.get()) || taken.isEmpty())) {
            // Under the lock: no other instance has any in hand.
            drain.counted(taken.size() + reader.certainlyReady(), sent.get());
        }
        if (taken.isEmpty()) {
            return new Round(0, false);
        }
        int putBack = takeIn(transaction, taken);
        reader.acknowledge(taken);
        leftToTakeAlone = Math.max(0, leftToTakeAlone - 1);
        return new Round(taken.size(), drain.seesFullQueue() && putBack < taken.size());
    }

    /** Still under the lock: no instance may see the queue empty while they are on their way back. */
    private void awaitGivenBack(int messages) throws Exception {
        drain.sees(true);
        reader.giveBack();
        long until = System.nanoTime() + DrainProgress.PATIENCE.toNanos();
        while (!reader.hasReady(messages)) {
            if (System.nanoTime() > until) {
                throw new IOException("messages that were given back to the open queue are not there again yet");
            }
            TimeUnit.MILLISECONDS.sleep(GIVEN_BACK_LOOK_MS);
        }
    }

    /** A message that the database refuses must not hold up all that come after it: alone, it is refused for good. */
    private int takeIn(IntakeTransaction transaction, List<PulledMessage> taken) throws Exception {
        try {
            return batch.takeIn(transaction, taken);
        } catch (Exception e) {
            if (taken.size() > 1 || !LedgerFault.isRefusal(e)) {
                throw e;
            }
            transaction.close();
            return batch.refuse(taken.getFirst(), e);
        }
    }
}
