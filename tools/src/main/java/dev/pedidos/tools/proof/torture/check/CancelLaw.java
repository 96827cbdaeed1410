package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.tools.proof.laws.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every cancellation that was answered 202 is on the record. Its effect is a law of the ledger. */
final class CancelLaw {

    private CancelLaw() {}

    /** @param cancelled pedidos whose cancellation was answered 202 */
    static Verdict check(Connection snapshot, Set<String> cancelled) throws SQLException {
        Set<String> missing = new HashSet<>(cancelled);
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery("select pedido_id from cancelamentos")) {
            while (row.next()) {
                missing.remove(row.getString("pedido_id"));
            }
        }
        List<String> examples =
                missing.stream().sorted().limit(Verdict.MOST_EXAMPLES).toList();
        return new Verdict(
                "every-cancellation-is-on-the-record",
                cancelled.size() + " cancellations answered 202",
                missing.size(),
                examples);
    }
}
