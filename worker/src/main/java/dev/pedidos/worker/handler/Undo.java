package dev.pedidos.worker.handler;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The result of undoing a COMPLETED pedido. */
public sealed interface Undo {

    /**
     * Its effect is undone.
     *
     * @param liberado the undone effect, as the event CANCELLED shows it; null if there is nothing to show. It may be as
     *     long as the {@code resultado} of {@link Outcome.Completed}
     */
    record Undone(@Nullable JsonNode liberado) implements Undo {}

    /**
     * Its effect stays: the pedido stays COMPLETED. The handler has written nothing.
     *
     * @param motivo in capitals, such as JA_ENVIADO
     */
    record Refused(String motivo) implements Undo {}
}
