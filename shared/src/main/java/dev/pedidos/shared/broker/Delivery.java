package dev.pedidos.shared.broker;

/** A message in hand. It is acknowledged or rejected exactly once, or goes back to its queue with the end of its channel. */
public interface Delivery {

    byte[] body();

    Headers headers();

    /** True if an earlier delivery of the message was not acknowledged. */
    boolean redelivered();

    /** The message is done with. The broker is told now, or together with later ones. */
    void ack();

    /** The message is refused for good. The broker dead-letters it to {@code pedidos.dlx}. */
    void reject();
}
