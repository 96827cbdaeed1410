package dev.pedidos.shared.broker;

/** The broker returned a message: no queue is bound for it. The broker does not have the message. */
public final class Unroutable extends PublishFailed {

    private static final long serialVersionUID = 1L;

    public Unroutable(String reason) {
        super(reason);
    }
}
