package dev.pedidos.worker.handler;

import java.util.concurrent.Callable;

/**
 * The calls of a handler to its dependencies, in the name of one pedido. What holds for all calls, such as a limit of their
 * rate, is seen to here. Safe for many threads.
 */
@FunctionalInterface
public interface Calls {

    /**
     * Runs one call, on the thread that asks for it.
     *
     * @param dependency its name, such as {@code "erp"}
     * @param call exactly one call: it is counted and recorded as one
     * @throws Exception what the call throws, or why it may not be made now. Let it pass: the worker knows what it means for the
     *     pedido
     */
    <T> T call(String dependency, Callable<T> call) throws Exception;
}
