package dev.pedidos.shared.ledger.turn;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far each receiver's line is known to be done with: below its front nothing stands in line, nor ever will, but for what came
 * late (un-noted or redriven), which is looked for by itself. Whoever has the turn starts to look there. Without a front a look
 * at a line passes every entry that the index still has of finished pedidos: all since the oldest open snapshot.
 */
public final class LineFronts {

    /**
     * What is known of a line.
     *
     * @param candidate the front, once the transaction {@code provenBy} and all before it have ended
     */
    private record Front(long ordem, long candidate, long provenBy) {

        static final long NOTHING = Long.MIN_VALUE;
        static final Front UNKNOWN = new Front(NOTHING, NOTHING, NOTHING);

        boolean hasCandidate() {
            return candidate != NOTHING;
        }
    }

    private static final int MOST = 10_000;

    private final Map<String, Front> fronts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Front> eldest) {
            return size() > MOST;
        }
    };

    /** No pedido of the receiver below this ordem is in line, unless it came late. */
    synchronized long of(String recebedorId) {
        return fronts.getOrDefault(recebedorId, Front.UNKNOWN).ordem();
    }

    /**
     * The head of the line was finished. A note that was under way may still put something before it; whoever notes with a later
     * transaction reads the clock later.
     *
     * @param transaction that finished it
     */
    synchronized void finished(String recebedorId, long ordem, long transaction) {
        Front known = fronts.getOrDefault(recebedorId, Front.UNKNOWN);
        if (transaction <= known.provenBy()) {
            // Numbers that go down are those of another server: what was seen on the one before may not hold here.
            fronts.put(recebedorId, new Front(Front.NOTHING, ordem, transaction));
        } else if (!known.hasCandidate()) {
            fronts.put(recebedorId, new Front(known.ordem(), ordem, transaction));
        }
    }

    /**
     * Nothing stood before this head.
     *
     * @param oldestRunning all transactions before it had ended, and what they noted was seen
     */
    synchronized void found(String recebedorId, long ordem, long oldestRunning) {
        Front known = fronts.getOrDefault(recebedorId, Front.UNKNOWN);
        if (known.hasCandidate() && oldestRunning > known.provenBy()) {
            long proven = Math.max(known.ordem(), Math.min(known.candidate(), ordem));
            fronts.put(recebedorId, new Front(proven, Front.NOTHING, known.provenBy()));
        }
    }
}
