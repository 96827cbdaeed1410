package dev.pedidos.shared.message;

import java.util.Objects;

/**
 * The bytes are not a pedido; repeating does not help. Has no stack trace, because senders can cause it as often as
 * they like.
 */
public abstract sealed class InvalidMessage extends RuntimeException permits MalformedJson, InvalidFields {
    private static final long serialVersionUID = 1L;

    InvalidMessage(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
