package dev.pedidos.tools.proof.torture.faults;

/**
 * Messages that were purged or deleted with their shard.
 *
 * @param fromNanos {@link System#nanoTime()} before the workers were killed
 * @param untilNanos after the messages were gone
 * @param messages as the broker counted them some time before: it counts late, and others come meanwhile
 */
public record Loss(long fromNanos, long untilNanos, long messages) {}
