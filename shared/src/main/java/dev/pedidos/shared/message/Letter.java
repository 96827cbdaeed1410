package dev.pedidos.shared.message;

/**
 * A copy of a dead letter, as its headers say.
 *
 * @param ciclo in which the pedido died
 */
public record Letter(String pedidoId, int ciclo) {}
