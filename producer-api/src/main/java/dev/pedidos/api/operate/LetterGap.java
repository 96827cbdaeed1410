package dev.pedidos.api.operate;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * By how many the ledger has more letters than their queue. What is no pedido lies in the queue alone, and a letter is in the
 * queue a moment before the ledger counts it: only a gap that is wider than any of the last minute says that letters were taken.
 */
final class LetterGap {
    private static final int LOOKS = 6;

    private final Deque<Long> last = new ArrayDeque<>();

    /**
     * A look, every ten seconds.
     *
     * @param inQueue counted after the ledger's
     */
    boolean widens(long published, long inQueue) {
        long gap = published - inQueue;
        boolean wider = last.isEmpty() ? gap > 0 : gap > Collections.max(last);
        last.addLast(gap);
        if (last.size() > LOOKS) {
            last.removeFirst();
        }
        return wider;
    }
}
