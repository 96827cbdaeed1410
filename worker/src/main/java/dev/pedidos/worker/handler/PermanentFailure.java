package dev.pedidos.worker.handler;

/** No further attempt can succeed: the pedido is dead-lettered at once. */
public final class PermanentFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message is recorded: no payload, no secrets */
    public PermanentFailure(String message) {
        super(message);
    }

    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
