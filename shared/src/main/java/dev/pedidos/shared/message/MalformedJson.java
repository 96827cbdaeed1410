package dev.pedidos.shared.message;

/**
 * The JSON is not well-formed as the contract defines it (HTTP 400). The message says where, and never quotes the
 * content.
 */
public final class MalformedJson extends InvalidMessage {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
