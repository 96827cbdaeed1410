package dev.pedidos.shared.broker;

/** Takes deliveries of one queue, one at a time. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Acknowledges or rejects the delivery before it returns.
     *
     * @throws DeliveryPaused the delivery is given back, and no further one is taken from this queue until
     *     {@link Consumers#resume()}
     * @throws Exception the delivery is given back, and comes again
     */
    void handle(Delivery delivery) throws Exception;
}
