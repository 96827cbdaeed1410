package dev.pedidos.shared.ledger;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** Finds out whether names without a schema lead to the schema of the tables. The ledger's functions always work there. */
final class SchemaCheck {

    private static final String TABLES = "public";
    private static final String LOOK =
            "select current_schema() as schema, has_schema_privilege('public', 'usage') as may_use,"
                    + " to_regclass(quote_ident(current_schema()) || '.flyway_schema_history') is not null as has_tables";

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
                var row = statement.executeQuery(LOOK)) {
            row.next();
            String schema = Objects.requireNonNullElse(row.getString("schema"), "");
            // None before the first migration, which grants the use of the schema.
            boolean right = schema.equals(TABLES) || (schema.isEmpty() && !row.getBoolean("may_use"));
            return right ? Optional.empty() : Optional.of(text(schema, row.getBoolean("has_tables")));
        }
    }

    private static String text(String schema, boolean hasTables) {
        String where = schema.isEmpty() ? "in a schema that does not exist" : "in the schema " + schema;
        return hasTables
                ? "its tables are " + where + ", and the archive works in " + TABLES
                        + " alone: move them there, as docs/upgrade.md says"
                : "its sessions work " + where + ", and the tables of Pedidos are in the schema " + TABLES
                        + ": take currentSchema or search_path out of the address, the role or the database, or drop a schema that is named"
                        + " like the role";
    }
}
