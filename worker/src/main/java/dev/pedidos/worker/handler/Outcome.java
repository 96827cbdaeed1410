package dev.pedidos.worker.handler;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How an attempt that did not fail ended. */
public sealed interface Outcome {

    /**
     * It took effect.
     *
     * @param resultado shown to clients; null: nothing to show
     */
    record Completed(@Nullable JsonNode resultado) implements Outcome {}

    /**
     * A business no, and final: not a failure.
     *
     * @param motivo in capitals, such as ESTOQUE_INSUFICIENTE
     * @param resultado shown to clients; null: nothing to show
     */
    record Rejected(String motivo, @Nullable JsonNode resultado) implements Outcome {
        public Rejected(String motivo) {
            this(motivo, null);
        }
    }

    /**
     * Not now; it keeps its place in its receiver's line, and no attempt is used. What was written is rolled back.
     *
     * @param delay at least this long; the next longer delay queue takes it
     */
    record Postponed(Duration delay, String motivo) implements Outcome {}
}
