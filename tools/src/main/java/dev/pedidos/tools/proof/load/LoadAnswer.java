package dev.pedidos.tools.proof.load;

/**
 * The answer to one pedido.
 *
 * @param startNanos {@link System#nanoTime()} just before its first sending
 * @param endNanos just after its last answer
 * @param status of the last answer, or {@link #NONE}, {@link #NOT_REACHED} or {@link #FOREIGN}
 * @param body of the last answer; without an answer of the API, the error
 * @param retries how often it was sent again
 */
public record LoadAnswer(Outgoing pedido, long startNanos, long endNanos, int status, String body, int retries) {

    /** No answer came: it is unknown whether the pedido was accepted. */
    public static final int NONE = 0;

    /** There was no connection: the pedido was not accepted. */
    public static final int NOT_REACHED = -1;

    /** A proxy or another server answered in place of the API: the pedido was not accepted. */
    public static final int FOREIGN = -2;

    /** True if the status leaves open whether the pedido was accepted. */
    public static boolean isUnknown(int status) {
        return status == NONE || status >= 500;
    }

    /** True if it was accepted now or before. */
    public boolean isAccepted() {
        return status == 202 || status == 200;
    }
}
