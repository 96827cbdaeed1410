package dev.pedidos.shared.broker;

/**
 * The broker did not accept a message or did not confirm it. It is unknown whether the broker has it, unless it was
 * returned.
 */
public final class PublishFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public PublishFailed(String reason) {
        super(reason);
    }
}
