package dev.pedidos.shared.message;

/**
 * How a pedido was given up, as recorded; times in RFC 3339.
 *
 * @param tentativas attempts made in its last ciclo
 */
public record Death(String motivo, String erroClasse, int tentativas, String primeiraFalhaEm, String ultimaFalhaEm) {}
