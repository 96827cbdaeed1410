package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.OpenQueueTraffic;
import java.time.Duration;
import java.util.Optional;

/** How much of the open queue has to be taken in before the API fails back. */
final class DrainProgress {

    /** If the queue stays full for this time, new pedidos are held, so that what lies there is inserted before them. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private long since = System.nanoTime();
    private boolean full;
    /**
     * Messages still to take: those that lay in the queue when this API's traffic was {@link #countedAt}, minus those taken since.
     * Messages that other programs publish later need not come first: they may publish faster than the queue empties.
     */
    private int left;

    private Optional<OpenQueueTraffic> countedAt = Optional.empty();

    /** The drain begins now. */
    void begin() {
        since = System.nanoTime();
    }

    boolean mustHoldNewPedidos() {
        return !full || System.nanoTime() - since > PATIENCE.toNanos();
    }

    /** @param queueIsFull whether more than a batch lies in the queue */
    void sees(boolean queueIsFull) {
        full = queueIsFull;
    }

    boolean seesFullQueue() {
        return full;
    }

    boolean isCountedAt(OpenQueueTraffic sent) {
        return countedAt.equals(Optional.of(sent));
    }

    /** This many lay in the queue when the API had sent all of this. */
    void counted(int messages, OpenQueueTraffic sent) {
        left = messages;
        countedAt = Optional.of(sent);
    }

    void countAgain() {
        countedAt = Optional.empty();
    }

    void took(int messages) {
        left -= messages;
    }

    /** Whether all that lay in the queue, when the API had sent all of this, has been taken. */
    boolean isDone(OpenQueueTraffic sent) {
        return isCountedAt(sent) && left <= 0;
    }
}
