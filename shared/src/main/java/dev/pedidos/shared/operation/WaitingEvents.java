package dev.pedidos.shared.operation;

import dev.pedidos.shared.message.OperationEventType;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The events of an operation that wait, in the order received. Finds the next one to apply without a look at each of them: clients
 * may send any number of events before their turn.
 */
final class WaitingEvents {
    private final List<Entry> events;
    private final BitSet left = new BitSet();
    /**
     * Places of all events but adjustments, by type. The status alone decides about these events, so the first of a
     * type stands for all.
     */
    private final Map<OperationEventType, Queue<Integer>> places = new EnumMap<>(OperationEventType.class);
    /** About adjustments the amount decides too. */
    private final Adjustments adjustments;

    WaitingEvents(List<Entry> events) {
        this.events = events;
        adjustments = new Adjustments(events.size());
        left.set(0, events.size());
        for (int place = 0; place < events.size(); place++) {
            Entry event = events.get(place);
            if (event.type() == OperationEventType.ADJUSTED) {
                adjustments.put(place, event.centavos());
            } else {
                places.computeIfAbsent(event.type(), type -> new ArrayDeque<>()).add(place);
            }
        }
    }

    /** An event that is applied, and the operation with it. */
    record Step(int place, Entry event, Operation after) {}

    /** Takes out the first event that can be applied; one that ends the operation only if no other can. */
    Optional<Step> next(Operation now) {
        if (now.status().isFinal()) {
            return Optional.empty();
        }
        @Nullable Step next = step(now, adjustments.first(now.valorCentavos()));
        for (var ofOneType : places.values()) {
            @Nullable Integer first = ofOneType.peek();
            next = earlier(next, first == null ? null : step(now, first));
        }
        if (next != null) {
            takeOut(next);
        }
        return Optional.ofNullable(next);
    }

    /** Those that were not taken out. */
    List<Entry> left() {
        return left.stream().mapToObj(events::get).toList();
    }

    private @Nullable Step step(Operation now, int place) {
        return place != MaxSegmentTree.NONE
                        && now.judge(events.get(place)) instanceof EventVerdict.Applied(Operation after)
                ? new Step(place, events.get(place), after)
                : null;
    }

    private static @Nullable Step earlier(@Nullable Step one, @Nullable Step other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        boolean oneEnds = one.after.status().isFinal();
        boolean otherEnds = other.after.status().isFinal();
        if (oneEnds != otherEnds) {
            return oneEnds ? other : one;
        }
        return one.place < other.place ? one : other;
    }

    private void takeOut(Step step) {
        left.clear(step.place);
        if (step.event.type() == OperationEventType.ADJUSTED) {
            adjustments.takeOut(step.place);
        } else {
            places.getOrDefault(step.event.type(), new ArrayDeque<>()).remove();
        }
    }
}
