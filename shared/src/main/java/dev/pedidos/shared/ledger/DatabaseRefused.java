package dev.pedidos.shared.ledger;

/** The database answers, but cannot be used as it is. Waiting does not help. */
public final class DatabaseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseRefused(String what) {
        super(what);
    }

    public DatabaseRefused(String what, Throwable cause) {
        super(what, cause);
    }
}
