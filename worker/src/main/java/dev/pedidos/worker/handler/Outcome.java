package dev.pedidos.worker.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The result of an attempt that did not fail. */
public sealed interface Outcome {

    /**
     * It took effect.
     *
     * @param resultado shown to clients; null if there is nothing to show. More than 65,536 characters are a permanent failure
     */
    record Completed(@Nullable JsonNode resultado) implements Outcome {}

    /**
     * The business says no. This is final, and not a failure.
     *
     * @param motivo in capitals, such as ESTOQUE_INSUFICIENTE; more than 1,000 characters are a permanent failure
     * @param resultado as of {@link Completed}
     */
    record Rejected(String motivo, @Nullable JsonNode resultado) implements Outcome {
        public Rejected(String motivo) {
            this(motivo, null);
        }
    }

    /**
     * To be tried later. The pedido keeps its place in its receiver's line, no attempt is used, and its effects are
     * rolled back.
     *
     * @param delay the shortest wait, rounded up to a delay queue. It is at most {@code PEDIDOS_RETRY_MAX_MS} (10
     *     minutes by default); return Postponed again to wait longer.
     */
    record Postponed(Duration delay, String motivo) implements Outcome {}
}
