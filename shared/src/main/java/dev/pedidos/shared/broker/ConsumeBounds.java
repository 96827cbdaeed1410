package dev.pedidos.shared.broker;

/**
 * How many deliveries of a queue a consumer takes.
 *
 * @param prefetch unacknowledged deliveries that the broker may send ahead
 * @param together the most that are handled together
 * @param bytesTogether the most that the bodies of those may have; a larger one is handled alone
 */
public record ConsumeBounds(int prefetch, int together, long bytesTogether) {}
