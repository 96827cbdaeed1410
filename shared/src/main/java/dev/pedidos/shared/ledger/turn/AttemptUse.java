package dev.pedidos.shared.ledger.turn;

/** Whether a pedido that is scheduled again has used one of its attempts. */
public enum AttemptUse {
    ONE_FAILED(1, "the attempt failed"),
    /** The attempt ended its worker, or the worker ended during it. */
    ONE_WITH_ITS_WORKER(1, "the attempt ended with its worker"),
    /** The pedido was put off. */
    NONE(0, "the pedido is put off");

    private final int attempts;
    private final String text;

    AttemptUse(int attempts, String text) {
        this.attempts = attempts;
        this.text = text;
    }

    /** How many attempts were used. */
    public int attempts() {
        return attempts;
    }

    /** For log lines. */
    public String text() {
        return text;
    }
}
