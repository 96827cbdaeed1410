package dev.pedidos.worker.handler;

import java.time.Duration;
import java.util.Objects;

/**
 * A dependency works, but wants to be left alone for a while: the pedido is put off for at least that long, and no attempt is used.
 * The longest delay queue bounds that time ({@code PEDIDOS_RETRY_MAX_MS}, 10 minutes by default): after it the handler is called
 * again. If a call that was made through {@link Calls} throws it, no worker makes a call to the dependency before that, however
 * long it is, up to an hour.
 */
public final class DependencyBusy extends Exception {

    private static final long serialVersionUID = 1L;

    private final String dependency;
    private final Duration retryAfter;

    /** @param message is recorded: no payload, no secrets */
    public DependencyBusy(String dependency, Duration retryAfter, String message) {
        super(message);
        this.dependency = Objects.requireNonNull(dependency, "dependency");
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    public String dependency() {
        return dependency;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
