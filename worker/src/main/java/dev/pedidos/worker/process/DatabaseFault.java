package dev.pedidos.worker.process;

/** The database failed a handler's statement: nothing is decided about the pedido, and no attempt is used. */
final class DatabaseFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseFault(Throwable cause) {
        super(cause);
    }
}
