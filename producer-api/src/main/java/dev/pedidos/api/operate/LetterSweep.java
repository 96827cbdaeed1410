package dev.pedidos.api.operate;

import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.ledger.DeadLetterReads;
import dev.pedidos.shared.ledger.StaleLetters;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the queue of dead letters what the ledger says: after redrives and discards of this instance, and now and then,
 * takes out what is no longer true. Counts dead letters meanwhile.
 */
public final class LetterSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LetterSweep.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration NOW_AND_THEN = Duration.ofMinutes(10);
    /** A letter that somebody had in hand, or that was on its way, is missed by the first sweep: the next ones come soon. */
    private static final int GROWTH = 4;

    private static final Duration COUNT_AFTER = Duration.ofSeconds(10);
    /** What is looked at is withheld from everybody else: at most this part of the time goes into it. */
    private static final int REST_PER_SWEEP = 10;

    private final DeadLetterQueue queue;
    private final StaleLetters stale;
    private final DeadLetterReads letters;
    private final OperatorSignals signals;
    private final BooleanSupplier storesUp;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("letter-sweep").unstarted(this::run);

    public LetterSweep(
            DeadLetterQueue queue,
            StaleLetters stale,
            DeadLetterReads letters,
            OperatorSignals signals,
            BooleanSupplier storesUp) {
        this.queue = queue;
        this.stale = stale;
        this.letters = letters;
        this.signals = signals;
        this.storesUp = storesUp;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        double settled = 0;
        long interval = NOW_AND_THEN.toNanos();
        long rest = 0;
        long swept = System.nanoTime();
        long counted = swept - COUNT_AFTER.toNanos();
        try {
            while (!stopping.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!storesUp.getAsBoolean()) {
                    continue;
                }
                double now = signals.settled();
                if (now > settled) {
                    settled = now;
                    interval = 0;
                }
                long start = System.nanoTime();
                if (start - swept >= Math.max(interval, rest) && sweep()) {
                    swept = System.nanoTime();
                    rest = REST_PER_SWEEP * (swept - start);
                    interval = Math.min(Math.max(LOOK.toNanos(), interval * GROWTH), NOW_AND_THEN.toNanos());
                }
                if (System.nanoTime() - counted > COUNT_AFTER.toNanos()) {
                    count();
                    counted = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean sweep() throws InterruptedException {
        try {
            var swept = queue.sweep(stale::among);
            signals.swept(swept.removed());
            if (swept.removed() > 0) {
                LOG.info("{} of {} dead letters looked at were no longer true", swept.removed(), swept.lookedAt());
            }
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("the dead letters could not be swept ({}); tried again in {} s", e.toString(), LOOK.toSeconds());
            return false;
        }
    }

    private void count() {
        try {
            signals.counted(letters.counts());
        } catch (RuntimeException e) {
            LOG.debug("the dead letters could not be counted; tried again", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.interrupt();
        thread.join();
    }
}
