package dev.pedidos.shared.broker;

/** Handles the deliveries of one queue, one at a time. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Acknowledges or rejects the delivery before it returns.
     *
     * @throws DeliveryPaused the delivery goes back to its queue, and no other is taken from this queue until {@link
     * Consumers#resume()}
     * @throws Exception the delivery goes back to its queue and is redelivered
     */
    void handle(Delivery delivery) throws Exception;
}
