package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.ledger.Durability;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Refuses a server that may lose a commit. */
final class DurabilityCheck {
    private DurabilityCheck() {}

    static void require(Connection connection) throws SQLException, IOException {
        List<String> missing = Durability.missing(connection);
        if (!missing.isEmpty()) {
            throw new IOException(RootLocale.format(
                    "The database server runs with %s: it may lose pedidos that were answered with 202. Set it to on and"
                            + " start the server again.",
                    String.join(", ", missing)));
        }
    }
}
