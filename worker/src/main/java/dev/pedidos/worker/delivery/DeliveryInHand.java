package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.settle.AckDecision;
import java.time.Duration;

/**
 * A delivery in hand. Its receiver's parked pedidos follow on it, up to a bound: then the other receivers of the shard come first.
 *
 * @param oneByOne its receiver's pedidos are passed one by one, because the lot that they were part of failed
 * @param since when its task in a lane began, or the drain on its shard's thread, by System.nanoTime()
 */
record DeliveryInHand(Delivery delivery, ShardConsumer shard, boolean oneByOne, long since) {

    /** Pedidos of one receiver in a row. */
    private static final int MOST_IN_A_ROW = 100;

    /** Far below the time after which a broker takes a consumer for stuck, usually 30 minutes. */
    private static final Duration LONGEST_IN_A_ROW = Duration.ofMinutes(1);

    static DeliveryInHand of(Delivery delivery, ShardConsumer shard) {
        return new DeliveryInHand(delivery, shard, false, System.nanoTime());
    }

    /** Its wait is over: its task in a lane begins, or the drain on its shard's thread. */
    DeliveryInHand begun() {
        return new DeliveryInHand(delivery, shard, oneByOne, System.nanoTime());
    }

    DeliveryInHand withoutLots() {
        return new DeliveryInHand(delivery, shard, true, since);
    }

    /** Acknowledges the delivery, or rejects it. If parked pedidos had to follow, they have followed. */
    void ackOrReject(AckDecision next) {
        switch (next) {
            case ACK, DRAIN -> delivery.ack();
            case REJECT -> delivery.reject();
        }
    }

    /** Its content. It is not kept, since a delivery that waits holds its bytes only. */
    Candidate decode() {
        return ShardWork.decode(delivery);
    }

    /**
     * Whether another pedido of its receiver may follow on this delivery.
     *
     * @param turnsTaken how many were taken behind the message
     * @param now by System.nanoTime()
     */
    boolean goesOn(int turnsTaken, long now) {
        return turnsTaken < MOST_IN_A_ROW && now - since < LONGEST_IN_A_ROW.toNanos();
    }

    boolean goesOn(int turnsTaken) {
        return goesOn(turnsTaken, System.nanoTime());
    }
}
