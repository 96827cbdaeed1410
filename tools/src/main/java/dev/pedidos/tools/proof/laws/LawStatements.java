package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs the statements of laws on a snapshot. */
final class LawStatements {
    /** Columns that say which row breaks a law, and nothing of its content. */
    private static final Set<String> IDS = Set.of("pedido_id", "took_effect", "sku", "newest_event", "task_id");

    private final Connection snapshot;
    private final JudgingLimit limit;

    LawStatements(Connection snapshot, JudgingLimit limit) {
        this.snapshot = snapshot;
        this.limit = limit;
    }

    /** Has all laws judge by this moment. */
    Instant moment(AsOf asOf) throws SQLException {
        limit.apply(snapshot, "a moment was chosen");
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(asOf.moment())) {
            row.next();
            Instant moment = row.getTimestamp(1).toInstant();
            try (var setting = snapshot.prepareStatement("select set_config('pedidos.as_of', ?, true)")) {
                setting.setString(1, moment.toString());
                setting.execute();
            }
            return moment;
        }
    }

    /** The number of archived pedidos. */
    long archived() throws SQLException {
        limit.apply(snapshot, "the archive was counted");
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery("select count(*) from pedidos_arquivados")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Empty: this role may not read what the law needs. */
    Optional<Verdict> judge(Law law, Scope scope) throws SQLException {
        limit.apply(snapshot, law.name() + " was judged");
        try (var statement = snapshot.createStatement()) {
            String counted;
            try (var row = statement.executeQuery(scope.query("*", law.counted()))) {
                if (!row.next()) {
                    return Optional.empty();
                }
                counted = row.getString(1);
            }
            List<String> examples = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            long violations = 0;
            String few = scope.query("judged.*, count(*) over () as violations", law.violations())
                    + RootLocale.format(" limit %d", Verdict.MOST_EXAMPLES);
            limit.apply(snapshot, law.name() + " was judged");
            try (var rows = statement.executeQuery(few)) {
                while (rows.next()) {
                    violations = rows.getLong("violations");
                    examples.add(text(rows, ids));
                }
            }
            return Optional.of(new Verdict(law.name(), counted, violations, examples, ids));
        }
    }

    /**
     * Every column except the count, as {@code name=value}.
     *
     * @param ids gets those that are ids
     */
    private static String text(ResultSet row, List<String> ids) throws SQLException {
        var columns = row.getMetaData();
        List<String> values = new ArrayList<>();
        for (int i = 1; i < columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i);
            values.add(name + "=" + row.getString(i));
            if (IDS.contains(name)) {
                ids.add(row.getString(i));
            }
        }
        return String.join(" ", values);
    }
}
