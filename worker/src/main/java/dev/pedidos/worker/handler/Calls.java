package dev.pedidos.worker.handler;

import java.util.concurrent.Callable;

/**
 * The calls of a handler to its dependencies, in the name of one pedido. Applies the limits, the
 * circuit breaker and the record to each call. Safe for many threads.
 */
@FunctionalInterface
public interface Calls {

    /**
     * Runs one call, on the thread that asks for it.
     *
     * @param dependency its name, such as {@code "erp"}
     * @param call exactly one call: it is counted and recorded as one
     * @throws Exception what the call throws, or why it may not be made now. Let it pass: the worker knows what it means for the
     *     pedido. An {@link java.sql.SQLException} of the dependency's own database counts for its breaker
     */
    <T> T call(String dependency, Callable<T> call) throws Exception;

    /**
     * Returns a stored answer that is still valid. Otherwise one pedido of the fleet asks the question as one
     * {@link #call}, and the answer is stored.
     *
     * @param dependency its name, such as {@code "erp"}
     * @param key what is asked: the same key, the same answer. It may be of any length: a long one is stored as its SHA-256
     * @param question makes the call
     * @throws DependencyBusy another pedido is asking the same now
     * @throws Exception as {@link #call} does
     */
    default Answer ask(String dependency, String key, Callable<Reply> question) throws Exception {
        throw new UnsupportedOperationException("these calls keep no answers");
    }
}
