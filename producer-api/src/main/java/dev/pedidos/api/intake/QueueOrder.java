package dev.pedidos.api.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives pedidos that the broker accepted their places in their receiver's line. Each carries the time of its acceptance, by the
 * clock of its API, and the clocks of APIs differ a little. The order of the queue is more exact: if A was answered before B was
 * sent, A lies before B. So of one receiver, a later pedido of the queue never gets an earlier place, if their times differ by no
 * more than clocks do. If they differ by more, or if a message was redelivered, its time counts.
 */
final class QueueOrder {

    private static final long CLOCKS_DIFFER_MICROS = 1_000_000;

    private QueueOrder() {}

    /**
     * @param inQueue in the order of the queue
     * @param lastPlaces taken from the queue before, by receiver
     */
    static List<Incoming.Valid> placed(List<Incoming.Valid> inQueue, Map<String, Long> lastPlaces) {
        Map<String, Long> last = new HashMap<>(lastPlaces);
        List<Incoming.Valid> placed = new ArrayList<>(inQueue.size());
        for (Incoming.Valid one : inQueue) {
            Long accepted = one.row().acceptedMicros();
            if (accepted == null || one.message().redelivered()) {
                placed.add(one);
                continue;
            }
            long before = last.getOrDefault(one.row().recebedorId(), Long.MIN_VALUE);
            boolean overtakes = accepted <= before && before - accepted < CLOCKS_DIFFER_MICROS;
            long place = overtakes ? before + 1 : accepted;
            last.merge(one.row().recebedorId(), place, Math::max);
            placed.add(new Incoming.Valid(one.message(), one.row().acceptedAt(place), one.body()));
        }
        return placed;
    }
}
