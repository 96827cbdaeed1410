package dev.pedidos.tools.cli.options;

/** A step failed. The message says what happened, what it means and what to do. */
public final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    public Failed(String message) {
        super(message);
    }
}
