package dev.pedidos.shared.operation;

import java.util.ArrayList;
import java.util.List;

/**
 * The changes that the arrival of one event makes to its operation: first by the event itself, then by those that wait. These are applied
 * in the order received, but one that ends the operation comes last: an adjustment that is here in time counts. One that
 * cannot be applied any more when nothing moves is refused.
 *
 * @param after the operation
 * @param verdict on the event that arrived
 * @param moved those that waited and do not any more, in the order in which they were decided
 */
public record Arrival(Operation after, EventVerdict verdict, List<Decided> moved) {
    /** An event that waited, and what became of it: applied or refused. */
    public record Decided(Entry event, EventVerdict verdict) {}

    /**
     * Whether the event may let others go that wait: they wait for a status, so it has to change the status. The others are
     * needed only then.
     */
    public static boolean frees(Operation before, Entry event) {
        return before.judge(event) instanceof EventVerdict.Applied(Operation after)
                && after.status() != before.status();
    }

    /** @param waiting in the order received; they matter only if the event {@link #frees} some */
    public static Arrival of(Operation before, Entry event, List<Entry> waiting) {
        EventVerdict verdict = before.judge(event);
        if (!(verdict instanceof EventVerdict.Applied(Operation after))) {
            return new Arrival(before, verdict, List.of());
        }
        return after.status() == before.status()
                ? new Arrival(after, verdict, List.of())
                : moved(after, verdict, waiting);
    }

    private static Arrival moved(Operation first, EventVerdict verdict, List<Entry> waiting) {
        var line = new WaitingEvents(waiting);
        Operation now = first;
        List<Decided> moved = new ArrayList<>();
        for (var next = line.next(now); next.isPresent(); next = line.next(now)) {
            now = next.get().after();
            moved.add(new Decided(next.get().event(), new EventVerdict.Applied(now)));
        }
        for (Entry left : line.left()) {
            if (now.judge(left) instanceof EventVerdict.Refused refused) {
                moved.add(new Decided(left, refused));
            }
        }
        return new Arrival(now, verdict, moved);
    }
}
