package dev.pedidos.shared.message;

/**
 * One faulty field.
 *
 * @param field where: {@code itens[0].sku}, {@code dados.x.y}, {@code [12].disponivel}; {@code $} is the body itself
 * @param message what it must be; never what it was
 */
public record FieldError(String field, String message) {}
