package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes pedidos, as many with one commit as have gathered while the commit before was on its way: the busier, the larger the
 * batches, and an idle system waits for nothing.
 */
public final class NoteWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NoteWriter.class);
    private static final FaultLog FAULTS = new FaultLog(LOG);
    /** Two, so that one gathers and sends while the other waits for the disk. */
    private static final int WRITERS = 2;

    private static final Duration STOP_CHECK = Duration.ofMillis(100);
    private static final Duration WATCH_PAUSE = Duration.ofSeconds(1);
    /** Who has waited longer is accepted without a note, where that is possible. */
    private static final Duration DETOUR_AFTER = Duration.ofSeconds(4);
    /** Who has waited longer is answered 503; noting it after that would only use up time that others wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Submission> waiting = new LinkedBlockingQueue<>();
    private final Notebook notebook;
    private final BooleanSupplier databaseUp;
    private final Consumer<List<Submission>> onward;
    private final Detour detour;
    private final AcceptanceMetrics metrics;
    private final long batchBytes;
    private final List<Thread> writers;
    /** What is with the database: a frozen one keeps a batch for as long as the socket's timeout. */
    private final Queue<List<Submission>> inHand = new ConcurrentLinkedQueue<>();

    private final PeriodicTask watch = new PeriodicTask(
            "note-watch",
            Timing.interruptedAtStop(WATCH_PAUSE),
            this::answerTheImpatient,
            FAULTS.warning("pedidos that have waited for too long could not be answered; tried again"));
    private volatile boolean failing;
    private volatile boolean stopping;

    /**
     * @param databaseUp what is known without asking
     * @param onward takes the new ones of a batch when they are noted
     * @param detour takes those that cannot be noted in time
     * @param batchBytes at which a batch ends
     */
    public NoteWriter(
            Notebook notebook,
            BooleanSupplier databaseUp,
            Consumer<List<Submission>> onward,
            Detour detour,
            AcceptanceMetrics metrics,
            long batchBytes) {
        this.notebook = notebook;
        this.databaseUp = databaseUp;
        this.onward = onward;
        this.detour = detour;
        this.metrics = metrics;
        this.batchBytes = batchBytes;
        metrics.waiting(waiting::size);
        this.writers = Stream.iterate(0, i -> i + 1)
                .limit(WRITERS)
                .map(i -> Thread.ofPlatform().name("note-" + i).unstarted(this::write))
                .toList();
    }

    public void start() {
        writers.forEach(Thread::start);
        watch.start();
    }

    public void add(Submission submission) {
        if (stopping) {
            submission.answer().complete(new Acceptance.Unavailable());
        } else if (noteWouldFail()) {
            giveAway(submission);
        } else {
            waiting.add(submission);
        }
    }

    private boolean noteWouldFail() {
        return failing && (detour.isBetter() || !databaseUp.getAsBoolean());
    }

    private void giveAway(Submission submission) {
        if (submission.givenAway().compareAndSet(false, true)) {
            detour.take(submission);
        }
    }

    private void write() {
        Batches batches = new Batches(waiting, batchBytes);
        try {
            while (!stopping || !waiting.isEmpty() || batches.hasDeferred()) {
                List<Submission> batch = batches.next(STOP_CHECK);
                List<Submission> current =
                        batch.stream().filter(this::stillWaiting).toList();
                if (noteWouldFail()) {
                    current.forEach(this::giveAway);
                } else if (!current.isEmpty()) {
                    note(current);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stillWaiting(Submission submission) {
        long waited = System.nanoTime() - submission.arrivedNanos();
        if (submission.givenAway().get()) {
            return false;
        }
        if (waited > DETOUR_AFTER.toNanos() && detour.isThere()) {
            giveAway(submission);
            return false;
        }
        if (waited > PATIENCE.toNanos()) {
            submission.answer().complete(new Acceptance.Unavailable());
            return false;
        }
        return true;
    }

    private Duration answerTheImpatient() {
        waiting.forEach(this::stillWaiting);
        inHand.forEach(batch -> batch.forEach(this::stillWaiting));
        return WATCH_PAUSE;
    }

    private void note(List<Submission> batch) {
        List<Inserted> noted;
        long started = System.nanoTime();
        inHand.add(batch);
        try {
            noted = notebook.note(rows(batch));
            metrics.noted(batch.size(), System.nanoTime() - started);
            failing = false;
        } catch (Exception e) {
            refuse(batch, e);
            return;
        } finally {
            inHand.remove(batch);
        }
        onward.accept(answerKnown(batch, noted));
    }

    /** Answers those that were there before; returns the new ones. */
    private static List<Submission> answerKnown(List<Submission> batch, List<Inserted> noted) {
        List<Submission> fresh = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Submission submission = batch.get(i);
            switch (noted.get(i)) {
                case Inserted.New() -> fresh.add(submission);
                case Inserted.Replay(String answer) -> submission.answer().complete(new Acceptance.Replayed(answer));
                case Inserted.Conflict() -> submission.answer().complete(new Acceptance.Conflicting());
            }
        }
        return fresh;
    }

    /** One that the database refuses must not take its neighbours along: alone, each gets its own verdict. */
    private void refuse(List<Submission> batch, Exception failure) {
        boolean refused = LedgerFault.isRefusal(failure);
        if (refused && batch.size() > 1) {
            LOG.warn("a pedido of a batch of {} was refused by the database; noting each by itself", batch.size());
            batch.forEach(submission -> note(List.of(submission)));
            return;
        }
        if (refused) {
            // Without the exception: what the database says of refused data quotes it.
            LOG.error(
                    "a pedido passed our checks and was refused by the database; answered 500, it is not accepted:"
                            + " pedido_id={} sqlstate={}",
                    batch.getFirst().id(),
                    LedgerFault.stateOf(failure));
            batch.getFirst().answer().complete(new Acceptance.Refused());
            return;
        }
        if (!failing) {
            FAULTS.warn("pedidos could not be noted: accepted by the broker alone, if it is there", failure);
        }
        failing = true;
        batch.forEach(this::giveAway);
    }

    private static List<NewPedido> rows(List<Submission> batch) {
        return batch.stream().map(Submission::row).toList();
    }

    /** Notes what waits, then ends. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread writer : writers) {
            writer.join(PATIENCE.toMillis());
        }
        watch.close();
    }
}
