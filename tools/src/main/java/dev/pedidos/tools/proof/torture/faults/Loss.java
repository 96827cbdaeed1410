package dev.pedidos.tools.proof.torture.faults;

import java.util.Set;

/**
 * Messages that were deleted with their shard.
 *
 * @param fromNanos {@link System#nanoTime()} before they were taken
 * @param untilNanos after the shard was empty: others may have come meanwhile
 * @param taken the SHA-256 of each message, as hex digits
 */
public record Loss(long fromNanos, long untilNanos, Set<String> taken) {}
