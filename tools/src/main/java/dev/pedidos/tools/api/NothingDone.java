package dev.pedidos.tools.api;

import java.io.IOException;

/** A call had no effect: the API refused it, or could not be reached. */
public final class NothingDone extends IOException {
    private static final long serialVersionUID = 1L;

    NothingDone(String message) {
        super(message);
    }

    NothingDone(String message, IOException cause) {
        super(message, cause);
    }
}
