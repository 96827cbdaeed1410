package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Lane;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.FaultLog;
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
final class Hastening {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(Hastening.class));
    private static final Duration AT_A_TIME = Duration.ofMillis(500);

    private final Cancellations cancellations;
    private final Lane lane;

    Hastening(Cancellations cancellations, Lane lane) {
        this.cancellations = cancellations;
        this.lane = lane;
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
            var unused = lane.run(() -> {
                        hastenSome(left);
                        return true;
                    })
                    .thenAccept(done -> goOn(left))
                    .exceptionally(Hastening::notHastened);
        } catch (ProblemException tooManyWait) {
            notHastened(tooManyWait);
        }
    }

    private void hastenSome(Queue<Cancelamento> left) {
        long start = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - start < AT_A_TIME.toNanos()) {
            hasten(left.remove());
        }
    }

    private void hasten(Cancelamento one) {
        try {
            cancellations.hasten(one);
        } catch (RuntimeException e) {
            notHastened(e);
        }
    }

    private static Void notHastened(Throwable failure) {
        FAULTS.warn("not all cancelled items of a task were ended at once; the others end in their turns", failure);
        return null;
    }
}
