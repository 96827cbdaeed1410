package dev.pedidos.shared.topology;

/** A durable exchange. */
public record ExchangeSpec(String name, String type) {}
