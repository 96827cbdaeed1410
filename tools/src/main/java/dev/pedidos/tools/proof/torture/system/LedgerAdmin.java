package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** The database for its operator. */
public final class LedgerAdmin {
    private static final String UNFINISHED =
            "select count(*) from pedidos where status in ('PENDING', 'PROCESSING', 'RETRYING')";
    private static final String PROGRAMS = """
            from (
                select pid, state <> 'idle' as busy
                from pg_stat_activity
                where usename in ('pedidos_app', 'pedidos_admin') and pid <> pg_backend_pid()
            ) as programs
            """;
    private static final String BUSY = "select count(*) filter (where busy) " + PROGRAMS;
    private static final String TERMINATE =
            "select count(*) filter (where busy and ended) from (select busy, pg_terminate_backend(pid) as ended "
                    + PROGRAMS + ") as sessions";

    private final KillableServers servers;

    public LedgerAdmin(KillableServers servers) {
        this.servers = servers;
    }

    /** The number of the programs' connections that are working now. */
    public long busyBackends() throws IOException, SQLException {
        return number(BUSY);
    }

    /** For reading, as the programs' own role. */
    public Connection connect() throws IOException, SQLException {
        return Ledger.connect(DatabaseUrl.parse(servers.databaseUrl()));
    }

    public long unfinished() throws IOException, SQLException {
        return number(UNFINISHED);
    }

    /** Ends the connections of all programs; returns the number of those that were working. */
    public long terminateBackends() throws IOException, SQLException {
        return number(TERMINATE);
    }

    /** Sees the sessions of all roles. */
    public Connection connectAsSuperuser() throws IOException, SQLException {
        return Ledger.connect(DatabaseUrl.parse(servers.databaseSuperuserUrl()));
    }

    private long number(String query) throws IOException, SQLException {
        try (var connection = connectAsSuperuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
