package dev.pedidos.shared.operation;

/** The fate of an event that meets the state of its operation. */
public sealed interface EventVerdict {
    /** @param after the operation with this event */
    record Applied(Operation after) implements EventVerdict {}

    /** It came before its turn. */
    record Waiting() implements EventVerdict {}

    record Refused(Refusal motivo) implements EventVerdict {}
}
