package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks every {@link Law} and the {@link OperationsLaw} on one snapshot. */
public final class LedgerLaws {

    private static final String LAST_SIGN_OF_LIFE = "select max(occurred_at) from operation_events";

    private LedgerLaws() {}

    /**
     * For a running system: judges by the present moment.
     *
     * @param snapshot of {@link Ledger#snapshot}
     */
    public static List<Verdict> checkRunning(Connection snapshot) throws SQLException {
        return check(snapshot, Optional.empty());
    }

    /**
     * For a stopped system: judges by the time of the last event, so that pedidos which waited at the stop are not
     * late.
     */
    public static List<Verdict> checkStopped(Connection snapshot) throws SQLException {
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(LAST_SIGN_OF_LIFE)) {
            row.next();
            return check(snapshot, Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant));
        }
    }

    private static List<Verdict> check(Connection snapshot, Optional<Instant> asOf) throws SQLException {
        try (var setting = snapshot.prepareStatement("select set_config('pedidos.as_of', ?, true)")) {
            setting.setString(1, asOf.map(Instant::toString).orElse(""));
            setting.execute();
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Law law : Law.ALL) {
            verdicts.add(check(snapshot, law));
        }
        verdicts.add(OperationsLaw.check(snapshot));
        return verdicts;
    }

    public static Verdict check(Connection snapshot, Law law) throws SQLException {
        try (var statement = snapshot.createStatement()) {
            String counted;
            try (var row = statement.executeQuery(law.counted())) {
                row.next();
                counted = row.getString(1);
            }
            String few = RootLocale.format(
                    "select violating.*, count(*) over () as violations from (%s) as violating limit %d",
                    law.violations(), Verdict.MOST_EXAMPLES);
            List<String> examples = new ArrayList<>();
            long violations = 0;
            try (var rows = statement.executeQuery(few)) {
                while (rows.next()) {
                    violations = rows.getLong("violations");
                    examples.add(text(rows));
                }
            }
            return new Verdict(law.name(), counted, violations, examples);
        }
    }

    /** Every column except the count, as {@code name=value}. */
    private static String text(ResultSet row) throws SQLException {
        var columns = row.getMetaData();
        List<String> values = new ArrayList<>();
        for (int i = 1; i < columns.getColumnCount(); i++) {
            values.add(columns.getColumnLabel(i) + "=" + row.getString(i));
        }
        return String.join(" ", values);
    }
}
