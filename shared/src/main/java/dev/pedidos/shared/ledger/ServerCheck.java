package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether the server keeps what it has committed, whether the database can keep every text, and where its tables are. */
final class ServerCheck {

    private static final String UTF8 = "UTF8";

    private ServerCheck() {}

    /**
     * Looks at a session that is set up as those of the programs are.
     *
     * @throws DatabaseRefused a commit may be lost, a text may not fit, or the tables would be looked for in another schema
     */
    static void require(Connection session, DatabaseUrl url) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(Database.SESSION);
        }
        List<String> problems = problems(Durability.missing(session), encoding(session));
        SchemaCheck.problem(session).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new DatabaseRefused(
                    RootLocale.format("The database at %s cannot be used: %s.", url, String.join("; ", problems)));
        }
    }

    static List<String> problems(List<String> notDurable, String encoding) {
        List<String> problems = new ArrayList<>();
        if (!notDurable.isEmpty()) {
            problems.add("the server runs with " + String.join(", ", notDurable)
                    + " and may lose pedidos that were answered with 202; set it to on and start the server again");
        }
        if (!encoding.equals(UTF8)) {
            problems.add("server_encoding is " + encoding
                    + ", which cannot keep every text; create the database with createdb -T template0 -E UTF8");
        }
        return problems;
    }

    private static String encoding(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("show server_encoding")) {
            row.next();
            return row.getString(1);
        }
    }
}
