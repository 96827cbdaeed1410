package dev.pedidos.worker.handler;

/** A later attempt may succeed: the pedido is tried again after a delay. */
public final class TransientFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message is recorded: no payload, no secrets */
    public TransientFailure(String message) {
        super(message);
    }

    public TransientFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
