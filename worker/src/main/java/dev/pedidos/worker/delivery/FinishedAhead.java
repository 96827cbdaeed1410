package dev.pedidos.worker.delivery;

import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.runtime.BoundedMap;
import dev.pedidos.worker.turn.LotResult.Member;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Pedidos that this worker has finished before it received their messages: they took effect together with an earlier pedido of their
 * receiver. Their messages need no look at the ledger. For one that is forgotten here, the look finds that it is finished.
 */
final class FinishedAhead {

    private static final int MOST = 10_000;

    /** The hashes of their contents, by pedido_id. */
    private final Map<String, byte[]> hashes = BoundedMap.byInsertion(MOST);

    /** Remembers the pedidos of a lot, but not the one whose message is in hand. */
    synchronized void addOthers(Candidate message, List<Member> lot) {
        lot.stream()
                .map(Member::candidate)
                .filter(one -> !one.pedidoId().equals(message.pedidoId()))
                .forEach(one -> hashes.put(one.pedidoId(), one.payloadHash()));
    }

    /**
     * Whether the message needs no look. Answers true once for each pedido. A second message is looked at in the ledger, which may have
     * been restored to a time before the effect. False for another content under the pedido's id.
     */
    synchronized boolean take(Candidate message) {
        byte[] hash = hashes.get(message.pedidoId());
        return hash != null && Arrays.equals(hash, message.payloadHash()) && hashes.remove(message.pedidoId(), hash);
    }
}
