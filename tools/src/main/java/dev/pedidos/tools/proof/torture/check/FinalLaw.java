package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** When nothing moves any more, every pedido is final, whatever its client was answered. */
final class FinalLaw {
    private static final String UNFINISHED = RootLocale.format("""
            select pedido_id || ' is ' || status, count(*) over ()
            from pedidos
            where status in ('PENDING', 'PROCESSING', 'RETRYING')
            order by ordem, pedido_id
            limit %d""", Verdict.MOST_EXAMPLES);

    private FinalLaw() {}

    static Verdict check(Connection snapshot) throws SQLException {
        long unfinished = 0;
        List<String> examples = new ArrayList<>();
        try (var statement = snapshot.createStatement();
                var row = statement.executeQuery(UNFINISHED)) {
            while (row.next()) {
                examples.add(row.getString(1));
                unfinished = row.getLong(2);
            }
        }
        return new Verdict("everything-is-final", "all pedidos", unfinished, examples);
    }
}
