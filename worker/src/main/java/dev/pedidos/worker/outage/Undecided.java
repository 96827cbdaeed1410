package dev.pedidos.worker.outage;

/** The database answers and does not let this worker decide about a pedido: it is looked at again later. */
public final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undecided(Throwable cause) {
        super(cause);
    }
}
