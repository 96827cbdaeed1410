package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Finds out whether names without a schema lead to the schema of the tables. The ledger's functions always work there. */
final class SchemaCheck {

    private static final String TABLES = "public";

    private SchemaCheck() {}

    /** @throws DatabaseRefused the session works in another schema */
    static void require(Connection session, DatabaseUrl url) throws SQLException {
        var problem = problem(session);
        if (problem.isPresent()) {
            throw new DatabaseRefused(RootLocale.format("The database at %s cannot be used: %s.", url, problem.get()));
        }
    }

    /** @return why this session cannot be used */
    static Optional<String> problem(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("select current_schema()")) {
            row.next();
            String schema = row.getString(1);
            // None before the first migration, which grants the use of the schema.
            return schema == null || schema.equals(TABLES) ? Optional.empty() : Optional.of(text(schema));
        }
    }

    static String text(String schema) {
        return "its sessions work in the schema " + schema + ", and the tables of Pedidos are in the schema " + TABLES
                + "; take currentSchema or search_path out of the address, out of the role, and out of the database, or drop a schema"
                + " that is named like the role";
    }
}
