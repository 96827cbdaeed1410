package dev.pedidos.shared.broker;

import java.util.List;

/** Handles the deliveries of one queue, a few at a time. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Acknowledges or rejects every delivery before it returns, in their order.
     *
     * @param deliveries those at hand, in the order of the queue; at least one
     * @throws DeliveryPaused those that are not acknowledged go back to their queue, and no other is taken from this queue until
     *     {@link Consumers#resume()}
     * @throws Exception those that are not acknowledged go back to their queue and are redelivered
     */
    void handle(List<Delivery> deliveries) throws Exception;
}
