package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.StreamReads.Newest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The highest event id up to which every event is visible. An id is given before the commit, so an event may become
 * visible after one with a higher id. An id is settled when all transactions have ended that were inserting events when
 * it was first seen.
 */
final class Horizon {

    private record Mark(long id, Set<String> writers) {}

    /** Beyond this the last mark is moved: ids are settled later, and memory is bounded. */
    static final int MOST_MARKS = 100;

    private static final long UNKNOWN = -1;

    private final Deque<Mark> marks = new ArrayDeque<>();
    private long newest = UNKNOWN;
    private long settled = UNKNOWN;

    /** For the next look at the database. */
    long newest() {
        return newest;
    }

    boolean isWaiting() {
        return !marks.isEmpty();
    }

    boolean isKnown() {
        return settled != UNKNOWN;
    }

    long settled() {
        return settled;
    }

    /** After a pause nothing is known: the next look begins again. */
    void forget() {
        marks.clear();
        newest = UNKNOWN;
        settled = UNKNOWN;
    }

    /** @return false if the ledger has fewer events than before: it is another ledger, or an older copy */
    boolean see(Newest now) {
        if (now.id() < newest) {
            return false;
        }
        marks.forEach(mark -> mark.writers().retainAll(now.writers()));
        if (now.id() > newest) {
            newest = now.id();
            if (marks.size() == MOST_MARKS) {
                marks.removeLast();
            }
            marks.add(new Mark(newest, new HashSet<>(now.writers())));
        }
        while (!marks.isEmpty() && marks.getFirst().writers().isEmpty()) {
            settled = marks.removeFirst().id();
        }
        return true;
    }
}
