package dev.pedidos.shared.broker;

import com.rabbitmq.client.Delivery;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The part that is kept of each message in hand.
 *
 * @param part of a message
 * @param bytes that a part takes
 * @param most bytes of parts that nobody has looked at yet; a part that comes when they are reached is not kept
 * @param least the smallest number of messages that one channel holds
 */
record Keeping<T>(Function<Delivery, T> part, ToLongFunction<T> bytes, long most, int least) {

    private static final int LEAST_WITHOUT_BODIES = 1_000;
    private static final int LEAST_WITH_BODIES = 32;

    /** Its parts are so small that they need no bound. */
    static <T> Keeping<T> withoutBodies(Function<Delivery, T> part) {
        return new Keeping<>(part, kept -> 0, Long.MAX_VALUE, LEAST_WITHOUT_BODIES);
    }

    static <T> Keeping<T> withBodies(Function<Delivery, T> part, ToLongFunction<T> bytes, long most) {
        return new Keeping<>(part, bytes, most, LEAST_WITH_BODIES);
    }
}
