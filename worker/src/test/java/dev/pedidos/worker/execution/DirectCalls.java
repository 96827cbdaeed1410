package dev.pedidos.worker.execution;

import dev.pedidos.worker.handler.Calls;
import java.util.concurrent.Callable;

/** Makes each call at once, without what a worker wraps around it. */
public final class DirectCalls implements Calls {

    @Override
    public <T> T call(String dependency, Callable<T> call) throws Exception {
        return call.call();
    }
}
