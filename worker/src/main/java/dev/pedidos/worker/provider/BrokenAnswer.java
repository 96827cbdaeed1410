package dev.pedidos.worker.provider;

/** A provider has answered something that cannot be used. */
final class BrokenAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param what repeats nothing of the answer */
    BrokenAnswer(String what) {
        super(what);
    }
}
