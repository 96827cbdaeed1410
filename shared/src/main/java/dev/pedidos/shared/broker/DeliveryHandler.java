package dev.pedidos.shared.broker;

import java.util.Collection;
import java.util.List;

/** Handles the deliveries of one queue, a few at a time. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Acknowledges or rejects the deliveries, in their order. It may return before it has ended some of them: {@link #finish} waits
     * for those.
     *
     * @param deliveries those at hand, in the order of the queue; at least one
     * @throws DeliveryPaused those that are not acknowledged go back to their queue, and no other is taken from this queue until
     *     {@link Consumers#resume()}
     * @throws Exception those that are not acknowledged go back to their queue and are redelivered
     */
    void handle(List<Delivery> deliveries) throws Exception;

    /**
     * Begins with no more deliveries.
     *
     * @return those that it has begun with: {@link #finish} waits for them. The others go back to their queue
     */
    default Collection<Delivery> beginNoMore() {
        return List.of();
    }

    /** Begins with no more deliveries, and waits for those that it has begun with. */
    default void finish() throws InterruptedException {
        // All have ended when handle returns.
    }
}
