package dev.pedidos.shared.broker;

import java.util.Map;

/** The places of this process in the consumer lines of queues with a single active consumer. */
public interface QueuePlaces {

    /** Takes a place at the end of the queue's line, unless it already has one. */
    void join(String queue);

    /** Gives up its place in the queue's line and takes one at the end. */
    void joinAtEnd(String queue);

    /**
     * Gives up its place. The current delivery is finished; deliveries that the broker sent ahead go back to the
     * queue.
     */
    void leave(String queue);

    /** The places by queue. Each number is used once in this process. */
    Map<String, Long> places();

    /** As {@link #places}, of those that were given up and whose deliveries are still worked on. */
    Map<String, Long> ending();
}
