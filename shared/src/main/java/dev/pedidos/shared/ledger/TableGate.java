package dev.pedidos.shared.ledger;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Lets nobody have a session until the tables are known: they may be of an older version, or there are none. */
final class TableGate {

    private volatile boolean closed;

    void close() {
        closed = true;
    }

    void open() {
        closed = false;
    }

    void requireOpen() throws SQLException {
        if (closed) {
            throw LedgerFault.markedAsLedgers(
                    new SQLTransientConnectionException("the tables are not known to be of this version yet"));
        }
    }
}
