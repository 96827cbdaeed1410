package dev.pedidos.worker.provider;

/**
 * A company as a provider knows it.
 *
 * @param situacao of its registration, in capitals: ATIVA, SUSPENSA, INAPTA, BAIXADA or NULA
 */
public record Company(String razaoSocial, String situacao) {}
