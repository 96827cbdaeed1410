package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.runtime.BoundedMap;
import java.util.Map;

/**
 * Where each receiver's line begins on one server. No pedido stands in line below the front, and none will. Late pedidos are the
 * exception (redriven, or accepted without the database): a second search finds them. A look at the line starts at the front.
 * Without a front it would pass every index entry of finished pedidos since the oldest open snapshot.
 */
final class LineFronts {

    /**
     * The knowledge about one line.
     *
     * @param candidate becomes the front when the transaction {@code provenBy} and all before it have ended
     */
    private record Front(long ordem, long candidate, long provenBy) {

        static final long NOTHING = Long.MIN_VALUE;
        static final Front UNKNOWN = new Front(NOTHING, NOTHING, NOTHING);

        boolean hasCandidate() {
            return candidate != NOTHING;
        }
    }

    private static final int MOST = 10_000;

    private final Map<String, Front> fronts = BoundedMap.byUse(MOST);

    /** No pedido of the receiver below this ordem is in line, unless it came late. */
    synchronized long of(String recebedorId) {
        return fronts.getOrDefault(recebedorId, Front.UNKNOWN).ordem();
    }

    /**
     * The head of the line is finished. A transaction that is open now may still insert a pedido before it. One that begins later
     * cannot, because it reads a later clock.
     *
     * @param transaction the one that finished the head
     */
    synchronized void finished(String recebedorId, long ordem, long transaction) {
        Front known = fronts.getOrDefault(recebedorId, Front.UNKNOWN);
        if (!known.hasCandidate()) {
            fronts.put(recebedorId, new Front(known.ordem(), ordem, transaction));
        }
    }

    /**
     * No pedido stood before this head.
     *
     * @param oldestRunning all transactions before it had ended, and their inserts were visible
     */
    synchronized void found(String recebedorId, long ordem, long oldestRunning) {
        Front known = fronts.getOrDefault(recebedorId, Front.UNKNOWN);
        if (known.hasCandidate() && oldestRunning > known.provenBy()) {
            long proven = Math.max(known.ordem(), Math.min(known.candidate(), ordem));
            fronts.put(recebedorId, new Front(proven, Front.NOTHING, known.provenBy()));
        }
    }
}
