package dev.pedidos.shared.broker;

import java.util.Map;

/** This process's places in the consumer lines of queues with a single active consumer. */
public interface QueuePlaces {

    /** Takes a place at the end of the queue's line, unless it has one. */
    void join(String queue);

    /** Gives up its place in the queue's line and takes one at the end. */
    void joinAnew(String queue);

    /** Gives up its place. The delivery in hand is finished; deliveries that the broker sent ahead go back. */
    void leave(String queue);

    /** Its places by queue. Each has a number that no other place of this process has or had. */
    Map<String, Long> places();
}
