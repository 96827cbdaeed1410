package dev.pedidos.worker.outage;

/** A handler's statement failed because of the database. Nothing is decided about the pedido, and no attempt is used. */
public final class DatabaseFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseFault(Throwable cause) {
        super("a statement of a handler failed because of the database", cause);
    }
}
