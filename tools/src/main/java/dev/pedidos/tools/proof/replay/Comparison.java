package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.masking.Masking;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the rebuilt tables with the ones in use, on one snapshot, and notes the differences in replay.differences. */
final class Comparison {
    private final Connection snapshot;
    private final Session session;

    Comparison(Connection snapshot) {
        this.snapshot = snapshot;
        this.session = new Session(snapshot);
    }

    List<Projection> all() throws SQLException {
        List<Projection> compared = new ArrayList<>();
        for (String name : Projection.NAMES) {
            note(name);
            compared.add(new Projection(name, rows(name), differences(name), examples(name)));
        }
        return compared;
    }

    private long rows(String name) throws SQLException {
        return session.number(
                "select count(*) from replay." + name + (name.equals("reservas") ? " where quantidade <> 0" : ""));
    }

    /** Pedidos whose content is in no event, because they were accepted before it was put there. */
    long withoutContent() throws SQLException {
        return session.number("select count(*) from replay.pedidos where not has_content");
    }

    /** Operations that were not compared: pedidos of their events were in dropped months. */
    long droppedOperations() throws SQLException {
        return session.number("select count(*) from replay.dropped_operations");
    }

    private void note(String name) throws SQLException {
        String stored = switch (name) {
            case "pedidos", "reservas" -> "replay.stored_" + name;
            default -> "public." + name;
        };
        session.execute(RootLocale.format(
                "insert into replay.differences select '%s', d.id, d.what from (%s) d",
                name, Statements.compare(name, "replay." + name, stored)));
    }

    private long differences(String name) throws SQLException {
        return session.number("select count(*) from replay.differences where projection = '" + name + "'");
    }

    private List<String> examples(String name) throws SQLException {
        String few = RootLocale.format(
                "select id, what from replay.differences where projection = '%s' order by id limit %d",
                name, Projection.MOST_EXAMPLES);
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(few)) {
            List<String> examples = new ArrayList<>();
            while (row.next()) {
                examples.add(Masking.masked(row.getString(1)) + ": " + row.getString(2));
            }
            return examples;
        }
    }
}
