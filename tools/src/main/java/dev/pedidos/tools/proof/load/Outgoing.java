package dev.pedidos.tools.proof.load;

/**
 * A body of POST /pedidos.
 *
 * @param line its number in its file, from 1
 */
public record Outgoing(long line, byte[] body) {}
