package dev.pedidos.worker.outage;

/** The database failed a handler's statement: nothing is decided about the pedido, and no attempt is used. */
public final class DatabaseFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseFault(Throwable cause) {
        super(cause);
    }
}
