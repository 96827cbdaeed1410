package dev.pedidos.worker.delivery;

import dev.pedidos.shared.protocol.Candidate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pedidos that this worker has finished before it received their messages: those that took effect together with another of their
 * receiver. Their messages need no look at the ledger. What is forgotten here is found there.
 */
final class FinishedAhead {

    private static final int MOST = 10_000;

    /** The hashes of their contents, by pedido_id. */
    private final Map<String, byte[]> hashes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > MOST;
        }
    };

    synchronized void add(Candidate finished) {
        hashes.put(finished.pedidoId(), finished.payloadHash());
    }

    /** False for another content under its id. */
    synchronized boolean has(Candidate message) {
        byte[] hash = hashes.get(message.pedidoId());
        return hash != null && Arrays.equals(hash, message.payloadHash());
    }
}
