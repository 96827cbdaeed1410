package dev.pedidos.shared.ledger;

/** A pedido that was given up, as recorded; times in RFC 3339. */
public record Death(int tentativas, String firstFailure, String lastFailure) {}
