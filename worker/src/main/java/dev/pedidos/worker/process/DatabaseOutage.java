package dev.pedidos.worker.process;

/** The database could not be asked: nothing is decided about the pedido, and no attempt is used. */
final class DatabaseOutage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseOutage(Throwable cause) {
        super(cause);
    }
}
