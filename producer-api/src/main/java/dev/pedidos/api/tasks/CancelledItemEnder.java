package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.message.Cancelamento;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slf4j.LoggerFactory;

/**
 * Ends the cancelled items of a task that wait for their next attempt. It works for half a second at a time, so that other
 * tasks come in between. The cancellations are kept: an item that is not hastened ends in its turn.
 */
final class CancelledItemEnder {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(CancelledItemEnder.class));
    private static final Duration AT_A_TIME = Duration.ofMillis(500);

    private final Cancellations cancellations;
    private final Bulkhead bulkhead;

    CancelledItemEnder(Cancellations cancellations, Bulkhead bulkhead) {
        this.cancellations = cancellations;
        this.bulkhead = bulkhead;
    }

    /** Returns at once. */
    void begin(List<Cancelamento> items) {
        goOn(new ArrayDeque<>(items));
    }

    private void goOn(Queue<Cancelamento> left) {
        if (left.isEmpty()) {
            return;
        }
        try {
            var unused = bulkhead.run(() -> {
                        endSome(left);
                        return true;
                    })
                    .thenAccept(done -> goOn(left))
                    .exceptionally(CancelledItemEnder::notEnded);
        } catch (ProblemException tooManyWait) {
            notEnded(tooManyWait);
        }
    }

    private void endSome(Queue<Cancelamento> left) {
        long start = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - start < AT_A_TIME.toNanos()) {
            end(left.remove());
        }
    }

    private void end(Cancelamento one) {
        try {
            cancellations.applyNow(one);
        } catch (RuntimeException e) {
            notEnded(e);
        }
    }

    private static Void notEnded(Throwable failure) {
        FAULTS.warn("not all cancelled items of a task were ended at once; the others end in their turns", failure);
        return null;
    }
}
