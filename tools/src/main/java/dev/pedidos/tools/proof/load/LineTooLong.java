package dev.pedidos.tools.proof.load;

import java.io.IOException;

/** A line that is no pedido, and too long to be held. The lines after it can be read. */
public final class LineTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    LineTooLong(long line, int longest) {
        super("line " + line + " is longer than " + longest
                + " bytes and is not a pedido: each pedido is one line (NDJSON)");
    }
}
