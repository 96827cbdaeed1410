package dev.pedidos.worker.execution;

/** This worker has no handler for the tipo of the pedido that is to be undone. */
public final class MissingHandler extends Exception {

    private static final long serialVersionUID = 1L;

    private final String tipo;

    public MissingHandler(String tipo) {
        super("no handler for tipo " + tipo);
        this.tipo = tipo;
    }

    public String tipo() {
        return tipo;
    }
}
