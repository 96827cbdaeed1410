package dev.pedidos.shared.message;

/** Not well-formed JSON as the contract means it (HTTP 400); the message says where, and never quotes the content. */
public final class MalformedJson extends InvalidMessage {
    private static final long serialVersionUID = 1L;

    MalformedJson(String message) {
        super(message);
    }
}
