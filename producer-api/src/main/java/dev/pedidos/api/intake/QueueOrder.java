package dev.pedidos.api.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of pedidos that were accepted without the database. Each has the time of its acceptance, by the clock of the API that
 * took it, and APIs' clocks differ a little. The queue knows better: who was answered before another was sent lies before
 * it. So of one receiver a later one of the queue never has an earlier place, where their times differ by no more than clocks do.
 * Beyond that, and where a message was in somebody's hands before, its place in the queue says nothing, and the time counts.
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
