package dev.pedidos.api.stream;

import dev.pedidos.shared.ledger.read.PedidoEvents;
import dev.pedidos.shared.ledger.read.StreamLedger;
import dev.pedidos.shared.ledger.read.StreamReads.Beginning;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides where a stream begins, and whether there is anything to listen to. */
final class StreamAdmission {
    private final StreamLedger ledger;

    StreamAdmission(StreamLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Answers each of these.
     *
     * @param newest the newest event of the ledger
     * @param position live listeners have every event up to this id
     * @return those that may listen
     */
    List<StreamListener> admit(List<Join> joins, long newest, long position) {
        Map<StreamOffset, Beginning> beginnings = beginnings(joins);
        List<StreamListener> admitted = new ArrayList<>();
        for (Join join : joins) {
            OptionalLong after = join.after();
            Joined joined = after.orElse(0) > newest
                    ? new Joined.Ahead()
                    : switch (join.wanted()) {
                        case Wanted.OfRecebedor(String id) -> new Joined.Listening(after.orElse(position));
                        case Wanted.OfPedido(String id) -> ofPedido(after, beginnings.get(join.offset(id)));
                    };
            if (joined instanceof Joined.Listening(long from)) {
                admitted.add(listener(join, from, position, beginnings));
            }
            join.result().complete(joined);
        }
        return admitted;
    }

    private Map<StreamOffset, Beginning> beginnings(List<Join> joins) {
        Set<StreamOffset> offsets = new HashSet<>();
        for (Join join : joins) {
            if (join.wanted() instanceof Wanted.OfPedido(String id)) {
                offsets.add(join.offset(id));
            }
        }
        return offsets.isEmpty() ? Map.of() : ledger.beginnings(offsets);
    }

    private static Joined ofPedido(OptionalLong after, @Nullable Beginning found) {
        if (found == null || !found.known()) {
            return new Joined.Unknown();
        }
        boolean dropped = found.last() == null;
        return dropped || after.isPresent() && isFinishedAt(after.getAsLong(), found) && !found.more()
                ? new Joined.NothingLeft()
                : new Joined.Listening(after.orElse(0));
    }

    /** The client has the event with which the pedido finished. */
    private static boolean isFinishedAt(long after, Beginning found) {
        String last = found.last();
        return last != null && found.lastId() <= after && PedidoEvents.isFinished(false, last);
    }

    private static StreamListener listener(
            Join join, long from, long position, Map<StreamOffset, Beginning> beginnings) {
        return switch (join.wanted()) {
            case Wanted.OfRecebedor wanted ->
                from >= position
                        ? StreamListener.live(wanted, join.stream(), from)
                        : StreamListener.behind(wanted, join.stream(), from);
            case Wanted.OfPedido wanted -> {
                Beginning found = beginnings.get(join.offset(wanted.pedidoId()));
                yield found != null && isFinishedAt(from, found)
                        ? StreamListener.finishedAt(wanted, join.stream(), from)
                        : StreamListener.behind(wanted, join.stream(), from);
            }
        };
    }
}
