package dev.pedidos.shared.ledger;

/**
 * How a pedido stands in the ledger, seen under its receiver's lock.
 *
 * @param tentativas attempts made in this ciclo
 * @param notYetDue it waits for its next attempt
 * @param head nothing unfinished of its receiver stands before it
 */
public record Standing(Status status, int ciclo, int tentativas, byte[] payloadHash, boolean notYetDue, boolean head) {}
