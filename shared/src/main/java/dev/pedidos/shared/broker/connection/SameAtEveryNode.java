package dev.pedidos.shared.broker.connection;

import java.io.IOException;

/** A failure that no other node of the broker would spare the program. */
public abstract class SameAtEveryNode extends IOException {

    private static final long serialVersionUID = 1L;

    protected SameAtEveryNode(String message) {
        super(message);
    }
}
