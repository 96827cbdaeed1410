package dev.pedidos.shared.message;

import java.util.Objects;

/** Bytes that are no pedido, and will never be one: repeating does not help. Without a stack trace: senders cause it at will. */
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
