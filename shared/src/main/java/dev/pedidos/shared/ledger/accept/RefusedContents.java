package dev.pedidos.shared.ledger.accept;

import dev.pedidos.shared.ledger.Conflicts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pedidos that were not inserted because their id is known with other content. A transaction records them after its last insert: an
 * insert may wait for a transaction that waits for a row of {@code conflicts}.
 */
public final class RefusedContents {

    private RefusedContents() {}

    /** @param found the result of the insert, in the order of the batch */
    public static List<NewPedido> of(List<NewPedido> batch, List<Inserted> found) {
        return IntStream.range(0, found.size())
                .filter(i -> found.get(i) instanceof Inserted.Conflict)
                .mapToObj(batch::get)
                .toList();
    }

    /** An id may come more than once: the first statement locks the rows of all ids. */
    public static void record(Connection connection, List<NewPedido> refused) throws SQLException {
        List<NewPedido> left = refused;
        while (!left.isEmpty()) {
            Set<String> ids = HashSet.newHashSet(left.size());
            List<NewPedido> now = new ArrayList<>();
            List<NewPedido> later = new ArrayList<>();
            left.forEach(one -> (ids.add(one.pedidoId()) ? now : later).add(one));
            Conflicts.record(
                    connection,
                    now.stream().map(NewPedido::pedidoId).toList(),
                    now.stream().map(NewPedido::payloadHash).toList());
            left = later;
        }
    }
}
