package dev.pedidos.api.intake;

import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives pedidos that the broker accepted their places in their receiver's line. Each carries the time of its acceptance, by the
 * clock of its API, and the clocks of APIs differ a little. The order of the queue is more exact: if A was answered before B was
 * sent, A lies before B. So of one receiver, a later pedido of the queue never gets an earlier place, if their times differ by no
 * more than clocks do. If they differ by more, the time counts.
 *
 * <p>Messages that an intake gave back keep their order among themselves. Others may have been taken while they were in hand, so to
 * these they are compared by time.
 */
final class QueueOrder {

    private static final long CLOCKS_DIFFER_MICROS = 1_000_000;

    /** The last place of each receiver among the redelivered messages at the front of the queue. */
    private Map<String, Long> lastRedelivered = new HashMap<>();

    private Map<String, Long> notCommitted = new HashMap<>();

    /** To be called when those that were placed last are in the ledger. */
    void committed() {
        lastRedelivered = notCommitted;
    }

    /**
     * @param inQueue in the order of the queue
     * @param lastPlaces taken from the queue before, by receiver
     */
    List<Incoming.Valid> placed(List<Incoming.Valid> inQueue, Map<String, Long> lastPlaces) {
        Map<String, Long> last = new HashMap<>(lastPlaces);
        notCommitted = new HashMap<>(lastRedelivered);
        List<Incoming.Valid> placed = new ArrayList<>(inQueue.size());
        for (Incoming.Valid one : inQueue) {
            boolean redelivered = one.message().redelivered();
            if (!redelivered) {
                notCommitted.clear();
            }
            Long accepted = one.row().acceptedMicros();
            if (accepted == null) {
                placed.add(one);
                continue;
            }
            String recebedorId = one.row().recebedorId();
            long place = place(accepted, (redelivered ? notCommitted : last).getOrDefault(recebedorId, Long.MIN_VALUE));
            last.merge(recebedorId, place, Math::max);
            if (redelivered) {
                notCommitted.merge(recebedorId, place, Math::max);
            }
            placed.add(new Incoming.Valid(one.message(), one.row().acceptedAt(place), one.body()));
        }
        return placed;
    }

    /**
     * The statements that insert them, one after the other. A statement gives a place to each pedido that has no time of acceptance,
     * after its receiver's newest one of before the statement. So such a pedido is the first of its receiver in a statement. No id is
     * twice in one statement.
     */
    static List<List<Incoming.Valid>> statements(List<Incoming.Valid> inOrder) {
        List<List<Incoming.Valid>> statements = new ArrayList<>();
        List<Incoming.Valid> left = inOrder;
        while (!left.isEmpty()) {
            Set<String> ids = HashSet.newHashSet(left.size());
            Set<String> lines = new HashSet<>();
            List<Incoming.Valid> now = new ArrayList<>();
            List<Incoming.Valid> later = new ArrayList<>();
            left.forEach(one -> (isNext(one.row(), ids, lines) ? now : later).add(one));
            statements.add(now);
            left = later;
        }
        return statements;
    }

    private static boolean isNext(NewPedido pedido, Set<String> ids, Set<String> lines) {
        boolean firstOfId = ids.add(pedido.pedidoId());
        boolean firstOfLine = !pedido.ordered() || lines.add(pedido.recebedorId());
        return firstOfId && (firstOfLine || pedido.keptByBroker());
    }

    private static long place(long accepted, long before) {
        boolean overtakes = accepted <= before && before - accepted < CLOCKS_DIFFER_MICROS;
        return overtakes ? before + 1 : accepted;
    }
}
