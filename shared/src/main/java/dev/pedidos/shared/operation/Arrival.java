package dev.pedidos.shared.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the arrival of one event does to its operation: to the event itself, then to those that wait. These are applied
 * in the order received, but one that ends the operation comes last: an adjustment that is here in time counts. What
 * cannot be applied any more when nothing moves is refused.
 *
 * @param after the operation
 * @param verdict on the event that arrived
 * @param moved those that waited and do not any more, in the order in which they were decided
 */
public record Arrival(Operation after, Verdict verdict, List<Decided> moved) {
    /** An event that waited, and what became of it: applied or refused. */
    public record Decided(Entry event, Verdict verdict) {}

    /**
     * @param waiting in the order received; they matter only if the event is applied, because nothing else changes the
     * operation
     */
    public static Arrival of(Operation before, Entry event, List<Entry> waiting) {
        Verdict verdict = before.judge(event);
        return verdict instanceof Verdict.Applied(Operation after)
                ? moved(after, verdict, new ArrayList<>(waiting))
                : new Arrival(before, verdict, List.of());
    }

    private static Arrival moved(Operation first, Verdict verdict, List<Entry> waiting) {
        Operation now = first;
        List<Decided> moved = new ArrayList<>();
        for (var next = next(now, waiting); next.isPresent(); next = next(now, waiting)) {
            Step step = next.get();
            waiting.remove(step.place);
            moved.add(new Decided(step.event, new Verdict.Applied(step.after)));
            now = step.after;
        }
        for (Entry left : waiting) {
            if (now.judge(left) instanceof Verdict.Refused refused) {
                moved.add(new Decided(left, refused));
            }
        }
        return new Arrival(now, verdict, moved);
    }

    private record Step(int place, Entry event, Operation after) {}

    private static Optional<Step> next(Operation now, List<Entry> waiting) {
        Step last = null;
        for (int place = 0; place < waiting.size(); place++) {
            Entry event = waiting.get(place);
            if (now.judge(event) instanceof Verdict.Applied(Operation after)) {
                var step = new Step(place, event, after);
                if (!after.status().isFinal()) {
                    return Optional.of(step);
                }
                last = last == null ? step : last;
            }
        }
        return Optional.ofNullable(last);
    }
}
