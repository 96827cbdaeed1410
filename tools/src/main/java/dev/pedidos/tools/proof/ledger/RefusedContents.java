package dev.pedidos.tools.proof.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * Contents that were refused because their id has another content. Each is a CONFLICT event, up to a bound.
 *
 * @param beyond ids with more refusals than events: any content may be among them
 */
public record RefusedContents(Set<Refused> refused, Set<String> beyond) {
    public static final RefusedContents NONE = new RefusedContents(Set.of(), Set.of());

    private static final String EVENTS =
            "select external_id, payload ->> 'payload_hash' from todos_eventos where event_type = 'CONFLICT'";

    private static final String BEYOND = "select pedido_id from conflicts where further > 0";

    /** @param content hex form of its payload hash */
    public record Refused(String pedidoId, String content) {}

    public static RefusedContents read(Connection snapshot) throws SQLException {
        Set<Refused> refused = new HashSet<>();
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(EVENTS)) {
            while (row.next()) {
                refused.add(new Refused(row.getString(1), row.getString(2)));
            }
        }
        Set<String> beyond = new HashSet<>();
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(BEYOND)) {
            while (row.next()) {
                beyond.add(row.getString(1));
            }
        }
        return new RefusedContents(refused, beyond);
    }

    public boolean has(String pedidoId, String content) {
        return refused.contains(new Refused(pedidoId, content)) || beyond.contains(pedidoId);
    }
}
