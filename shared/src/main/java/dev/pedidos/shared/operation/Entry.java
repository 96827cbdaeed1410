package dev.pedidos.shared.operation;

import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationEventType;
import org.jspecify.annotations.Nullable;

/**
 * An event as the state machine sees it.
 *
 * @param payloadHash in hexadecimal; with the type it tells the events of an operation apart
 * @param centavos by how much it changes the amount
 * @param motivo why it rejects its operation; null if it does not
 */
public record Entry(
        OperationEventType type,
        String payloadHash,
        long centavos,
        @Nullable String motivo) {
    public static Entry of(OperationEvent event) {
        return new Entry(event.type(), event.payloadHash(), event.centavos(), event.motivo());
    }
}
