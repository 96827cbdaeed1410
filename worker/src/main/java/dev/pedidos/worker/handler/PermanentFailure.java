package dev.pedidos.worker.handler;

/** Will never go better: the pedido is dead-lettered at once. */
public final class PermanentFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message goes on the record: no payload, no secrets */
    public PermanentFailure(String message) {
        super(message);
    }

    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
