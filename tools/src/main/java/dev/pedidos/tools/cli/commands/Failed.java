package dev.pedidos.tools.cli.commands;

/** A step failed; the message says what happened, what it means and what to do. */
final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }
}
