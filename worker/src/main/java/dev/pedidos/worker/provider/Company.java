package dev.pedidos.worker.provider;

/**
 * What a provider knows of a company.
 *
 * @param situacao of its registration, in capitals: ATIVA, SUSPENSA, INAPTA, BAIXADA or NULA
 */
public record Company(String razaoSocial, String situacao) {}
