package dev.pedidos.shared.ledger;

/** The database answers and cannot be used as it is: waiting would not help. */
public final class DatabaseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseRefused(String what) {
        super(what);
    }

    public DatabaseRefused(String what, Throwable cause) {
        super(what, cause);
    }
}
