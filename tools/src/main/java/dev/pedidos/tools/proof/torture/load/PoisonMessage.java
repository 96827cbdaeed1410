package dev.pedidos.tools.proof.torture.load;

/**
 * A message that is no pedido, and that the broker confirmed.
 *
 * @param sha256 of its body, as hex digits
 * @param sentNanos {@link System#nanoTime()} before it was sent
 */
public record PoisonMessage(String sha256, long sentNanos, long confirmedNanos) {}
