package dev.pedidos.api.deadletter;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * Compares the number of letters in the ledger with the number in their queue. The queue also has messages that are
 * not pedidos, and a letter is in the queue a moment before the ledger counts it. So only a gap that is wider than all
 * of the last minute shows that letters were taken.
 */
final class DlqGap {
    private static final int LOOKS = 6;

    private final Deque<Long> last = new ArrayDeque<>();

    /**
     * Called every ten seconds.
     *
     * @param inQueue counted after the ledger's
     */
    boolean record(long published, long inQueue) {
        long gap = published - inQueue;
        boolean wider = last.isEmpty() ? gap > 0 : gap > Collections.max(last);
        last.addLast(gap);
        if (last.size() > LOOKS) {
            last.removeFirst();
        }
        return wider;
    }
}
