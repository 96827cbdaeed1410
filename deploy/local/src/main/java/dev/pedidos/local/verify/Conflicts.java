package dev.pedidos.local.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Contents that were refused because their id had another one: each is a CONFLICT event. */
public record Conflicts(Set<Refused> refused) {
    public static final Conflicts NONE = new Conflicts(Set.of());

    private static final String EVENTS =
            "select external_id, payload ->> 'payload_hash' from operation_events where event_type = 'CONFLICT'";

    /** @param content hex form of its payload hash */
    public record Refused(String pedidoId, String content) {}

    public static Conflicts read(Connection snapshot) throws SQLException {
        Set<Refused> refused = new HashSet<>();
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(EVENTS)) {
            while (row.next()) {
                refused.add(new Refused(row.getString(1), row.getString(2)));
            }
        }
        return new Conflicts(refused);
    }

    boolean has(String pedidoId, String content) {
        return refused.contains(new Refused(pedidoId, content));
    }
}
