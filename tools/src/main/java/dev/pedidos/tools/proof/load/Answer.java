package dev.pedidos.tools.proof.load;

/**
 * What came back for one pedido.
 *
 * @param startNanos {@link System#nanoTime()} just before it was sent for the first time
 * @param endNanos just after the last answer was there
 * @param status of the last answer, or {@link #NONE} or {@link #NOT_REACHED}
 * @param body of the last answer; where none came what happened instead
 * @param retries how often it was sent again
 */
public record Answer(Outgoing pedido, long startNanos, long endNanos, int status, String body, int retries) {

    /** No answer came: it is unknown whether the pedido was taken. */
    public static final int NONE = 0;

    /** There was no connection: it was not taken. */
    public static final int NOT_REACHED = -1;

    /** Accepted now, or known to be accepted before. */
    public boolean isAccepted() {
        return status == 202 || status == 200;
    }
}
