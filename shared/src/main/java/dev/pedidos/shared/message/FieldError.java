package dev.pedidos.shared.message;

/**
 * One faulty field.
 *
 * @param field its path: {@code itens[0].sku}, {@code dados.x.y}, {@code [12].disponivel}; {@code $} is the body
 * itself
 * @param message what the value must be; never the value
 */
public record FieldError(String field, String message) {

    /** For logs and events, which must not have the content of a message. */
    public FieldError withOwnNamesOnly() {
        return new FieldError(OwnNames.only(field), message);
    }
}
