package dev.pedidos.shared.broker;

/** Work has to pause: the delivery goes back to its queue, and its channel stays closed until consuming is resumed. */
public final class DeliveryPaused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeliveryPaused(Throwable cause) {
        super(cause);
    }
}
