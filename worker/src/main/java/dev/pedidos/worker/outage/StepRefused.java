package dev.pedidos.worker.outage;

/** The database answers, but refuses what a decision about the pedido needs. The pedido is looked at again later. */
public final class StepRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepRefused(Throwable cause) {
        super("the database refuses a step of a decision", cause);
    }
}
