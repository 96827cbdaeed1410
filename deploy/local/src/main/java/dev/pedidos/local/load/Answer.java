package dev.pedidos.local.load;

/**
 * What came back for one pedido.
 *
 * @param startNanos {@link System#nanoTime()} just before it was sent for the first time
 * @param endNanos just after the last answer was there
 * @param status of the last answer; 0: none came, and it is unknown whether the pedido was taken
 * @param body of the last answer; for status 0 what happened instead
 * @param retries how often it was sent again after a 503
 */
public record Answer(Outgoing pedido, long startNanos, long endNanos, int status, String body, int retries) {

    /** Accepted now, or known to be accepted before. */
    public boolean isAccepted() {
        return status == 202 || status == 200;
    }
}
