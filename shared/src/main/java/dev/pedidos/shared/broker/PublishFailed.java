package dev.pedidos.shared.broker;

/** The broker did not take a message, or did not say so: whether it has it is unknown unless it was returned. */
public final class PublishFailed extends Exception {

    private static final long serialVersionUID = 1L;

    public PublishFailed(String reason) {
        super(reason);
    }
}
