package dev.pedidos.api.acceptance;

/** Which stores can be used, as far as is known without asking them. */
public record StoresUp(boolean ledgerUp, boolean brokerUp) {}
