package dev.pedidos.shared.message;

/** A document has more values than its reader can use. */
public final class TooManyValues extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyValues() {
        super("too many values", null, false, false);
    }
}
