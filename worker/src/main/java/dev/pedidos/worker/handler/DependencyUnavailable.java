package dev.pedidos.worker.handler;

import java.util.Objects;

/**
 * A dependency of the handler is down: the pedido is put off and no attempt is used. While it stays down, handlers that
 * {@linkplain Handler#dependencies() name} it are not called, and calls to it are refused.
 */
public final class DependencyUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String dependency;

    /**
     * @param dependency one of the handler's {@link Handler#dependencies()}, or the name given to {@link Calls#call}
     * @param message is recorded: no payload, no secrets
     */
    public DependencyUnavailable(String dependency, String message) {
        super(message);
        this.dependency = Objects.requireNonNull(dependency, "dependency");
    }

    public DependencyUnavailable(String dependency, String message, Throwable cause) {
        super(message, cause);
        this.dependency = Objects.requireNonNull(dependency, "dependency");
    }

    public String dependency() {
        return dependency;
    }
}
