package dev.pedidos.shared.message;

/**
 * A copy of a dead letter, as its headers describe it.
 *
 * @param ciclo in which the pedido died
 */
public record Letter(String pedidoId, int ciclo) {}
