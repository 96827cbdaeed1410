package dev.pedidos.worker.execution;

/** This worker's handler cannot undo pedidos of the tipo. That of another version may. */
public final class MissingUndo extends Exception {

    private static final long serialVersionUID = 1L;

    private final String tipo;

    public MissingUndo(String tipo) {
        super("no undo for tipo " + tipo);
        this.tipo = tipo;
    }

    public String tipo() {
        return tipo;
    }
}
