package dev.pedidos.shared.broker;

import dev.pedidos.shared.broker.message.Headers;

/** A delivered message. It is acknowledged or rejected exactly once, or returns to its queue when its channel ends. */
public interface Delivery {

    byte[] body();

    Headers headers();

    /** True if an earlier delivery of the message was not acknowledged. */
    boolean redelivered();

    /** The message is finished. The broker is told now, or together with later ones. */
    void ack();

    /**
     * The work on it failed after its handler had returned. It goes back to its queue, and so do all others of its consumer that are
     * not finished.
     */
    void abandon(Throwable failure);

    /** The message is refused for good. The broker dead-letters it to {@code pedidos.dlx}. */
    void reject();
}
