package dev.pedidos.tools.proof.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The number of pedidos in each state. */
public record LedgerCounts(Map<String, Long> byStatus) {

    public static LedgerCounts read(Connection connection) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select status, count(*) from todos_pedidos group by status")) {
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
        }
        return new LedgerCounts(counts);
    }

    public long accepted() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    public long unfinished() {
        return of("PENDING") + of("PROCESSING") + of("RETRYING");
    }

    public long of(String status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
