package dev.pedidos.shared.ledger.turn;

import java.sql.SQLException;

/** Another session kept the receiver's lock for longer than a turn takes: perhaps a frozen program. */
public final class ReceiverLockTimeout extends SQLException {

    private static final long serialVersionUID = 1L;

    public ReceiverLockTimeout(SQLException cause) {
        super("another session kept the receiver's lock for too long", cause.getSQLState(), cause);
    }
}
