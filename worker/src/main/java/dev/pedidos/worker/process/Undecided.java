package dev.pedidos.worker.process;

/** The database answers and does not let this worker decide about a pedido: it is looked at again later. */
final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undecided(Throwable cause) {
        super(cause);
    }
}
