package dev.pedidos.tools.stack.processes;

import java.io.IOException;

/** A program ended or did not become ready; the message contains the end of its log. */
public final class ProgramFailed extends IOException {
    private static final long serialVersionUID = 1L;

    ProgramFailed(String message) {
        super(message);
    }
}
