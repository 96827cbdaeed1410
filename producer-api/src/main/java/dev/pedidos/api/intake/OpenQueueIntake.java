package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.AcceptanceClock;
import dev.pedidos.api.acceptance.Gate;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.broker.Taken;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.message.FieldError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Takes from the open queue what was accepted without the database, what others published there and what operators moved
 * there, and opens the {@link Gate} when it is empty. One instance at a time: it takes, notes and commits under a lock of the
 * database, so that nobody sees the queue empty while something lies in another's hands.
 */
public final class OpenQueueIntake {
    static final int LARGEST = 200;
    private static final int GIVEN_BACK_LOOK_MS = 20;
    private static final Duration CLOCK_AGE = Duration.ofSeconds(1);
    /** When the queue does not run empty by itself for that long, new ones are held, so that it does. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LONGEST_IN_HAND = Duration.ofSeconds(15);

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("intake-watch").daemon().factory());
    private final QueueReader reader;
    private final Database database;
    private final BooleanSupplier ledgerUp;
    private final PedidoInserts notes;
    private final Gate gate;
    private final AcceptanceClock clock;
    private final IntakeBatch batch;
    private final IntakeMetrics metrics;
    private final long batchBytes;
    private long clockSeen;
    private boolean clockWasSeen;
    private long drainingSince = System.nanoTime();
    private boolean lastWasFull;
    private int oneByOne;

    /** @param batchBytes at which a batch ends */
    public OpenQueueIntake(
            QueueReader reader,
            Database database,
            BooleanSupplier ledgerUp,
            PedidoInserts notes,
            Gate gate,
            AcceptanceClock clock,
            IntakeBatch batch,
            IntakeMetrics metrics,
            long batchBytes) {
        this.reader = reader;
        this.database = database;
        this.ledgerUp = ledgerUp;
        this.notes = notes;
        this.gate = gate;
        this.clock = clock;
        this.batch = batch;
        this.metrics = metrics;
        this.batchBytes = batchBytes;
    }

    /** @return whether there may be more at once */
    public boolean step() throws Exception {
        boolean storesUp = ledgerUp.getAsBoolean() && reader.isUp();
        if (!storesUp || gate.isOpen()) {
            drainingSince = System.nanoTime();
        }
        if (!storesUp) {
            gate.release();
            return false;
        }
        readClock();
        try {
            int ready = reader.ready();
            metrics.waiting(ready);
            return (ready > 0 || !gate.isOpen()) && underLock();
        } catch (Exception e) {
            gate.release();
            reader.giveBack();
            if (LedgerFault.isRefusal(e) && oneByOne == 0) {
                oneByOne = LARGEST;
            }
            throw e;
        }
    }

    private void readClock() {
        long now = System.nanoTime();
        if (!clockWasSeen || now - clockSeen > CLOCK_AGE.toNanos()) {
            var reading = database.readClock();
            clock.seen(reading.micros(), reading.askedAt());
            clockSeen = now;
            clockWasSeen = true;
        }
    }

    private boolean underLock() throws Exception {
        var begun = IntakeTransaction.tryBegin(database, notes);
        if (begun.isEmpty()) {
            return false;
        }
        try (IntakeTransaction transaction = begun.get()) {
            // The database ends a transaction that is silent for longer, and its lock lets the next one take what comes
            // later.
            var tooLong = watch.schedule(reader::giveBack, LONGEST_IN_HAND.toMillis(), TimeUnit.MILLISECONDS);
            try {
                return gate.isOpen() ? takeSome(transaction) : takeAndOpen(transaction);
            } catch (Exception e) {
                // Before the lock lets the next one in, which would take what comes after them.
                reader.giveBack();
                throw e;
            } finally {
                tooLong.cancel(false);
            }
        }
    }

    private boolean takeAndOpen(IntakeTransaction transaction) throws Exception {
        boolean tooLong = System.nanoTime() - drainingSince > PATIENCE.toNanos();
        if (!lastWasFull || tooLong) {
            gate.hold();
        }
        long sent = gate.awaitAllSent();
        boolean some = takeSome(transaction);
        return some || (!gate.open(sent) && sent >= 0);
    }

    private boolean takeSome(IntakeTransaction transaction) throws Exception {
        int ready = reader.ready();
        List<Taken> taken;
        try {
            taken = reader.take(oneByOne > 0 ? 1 : LARGEST, batchBytes);
        } catch (QueueReader.TooLarge e) {
            awaitGivenBack(ready);
            return true;
        }
        lastWasFull = taken.size() == LARGEST || taken.size() < ready;
        if (taken.isEmpty()) {
            return false;
        }
        takeIn(transaction, taken);
        reader.acknowledge(taken);
        oneByOne = Math.max(0, oneByOne - 1);
        return true;
    }

    /** Still under the lock: nobody may see the queue empty while they are on their way back. */
    private void awaitGivenBack(int messages) throws Exception {
        lastWasFull = true;
        reader.giveBack();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!reader.isUp() || reader.ready() < messages) {
            if (System.nanoTime() > until) {
                throw new IOException("what was given back to the open queue is not there again yet");
            }
            TimeUnit.MILLISECONDS.sleep(GIVEN_BACK_LOOK_MS);
        }
    }

    /** One that the database refuses must not hold up all that come after it: alone, it gets its verdict. */
    private void takeIn(IntakeTransaction transaction, List<Taken> taken) throws Exception {
        try {
            batch.takeIn(transaction, taken);
        } catch (Exception e) {
            if (taken.size() > 1 || !LedgerFault.isRefusal(e)) {
                throw e;
            }
            transaction.close();
            var fault = new FieldError("$", "the database refuses it: SQLSTATE " + LedgerFault.stateOf(e));
            batch.refuse(taken.getFirst(), fault);
        }
    }
}
