package dev.pedidos.worker.outage;

/** A step of a decision about a pedido failed, and to try it again in place would not help. The pedido is looked at again later. */
public final class StepGivenUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StepGivenUp(Throwable cause) {
        super("a step of a decision is not tried again now", cause);
    }
}
