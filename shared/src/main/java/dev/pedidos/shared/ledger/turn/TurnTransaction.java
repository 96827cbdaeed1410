package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Database;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transaction of a turn. Rolls back unless committed. */
final class TurnTransaction implements AutoCloseable {

    static final String COMMIT = ";\ncommit";

    private static final Logger LOG = LoggerFactory.getLogger(TurnTransaction.class);

    private final Database database;
    private final Handle handle;
    private final String server;
    private boolean ended;

    private TurnTransaction(Database database, Handle handle, String server) {
        this.database = database;
        this.handle = handle;
        this.server = server;
    }

    static TurnTransaction open(Database database) {
        var handle = database.openTurn();
        try {
            handle.begin();
            return new TurnTransaction(database, handle, database.serverOf(handle));
        } catch (RuntimeException | Error e) {
            database.endTurn(handle);
            throw e;
        }
    }

    String server() {
        return server;
    }

    Handle handle() {
        return handle;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return handle.getConnection().prepareStatement(sql);
    }

    /** Ends the statement that another thread waits for. */
    void cancelStatement() {
        try {
            handle.getConnection().unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException gone) {
            LOG.info("a statement could not be cancelled; statement_timeout ends it ({})", gone.toString());
        }
    }

    /** If the connection is lost, PostgreSQL has rolled back already; the original error is kept. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            rollBack();
        } catch (JdbiException lost) {
            LOG.debug("a transaction could not be rolled back, the database does it ({})", lost.toString());
        }
    }

    private void rollBack() {
        try {
            if (!handle.isClosed()) {
                handle.rollback();
            }
        } finally {
            database.endTurn(handle);
        }
    }
}
