package dev.pedidos.shared.ledger.turn;

import java.sql.SQLException;

/** Somebody else holds the receiver's turn, and longer than a turn lasts: a program that is frozen in it, perhaps. */
public final class ReceiverLockTimeout extends SQLException {

    private static final long serialVersionUID = 1L;

    ReceiverLockTimeout(SQLException cause) {
        super("the receiver's turn was not to be had in time", cause.getSQLState(), cause);
    }
}
