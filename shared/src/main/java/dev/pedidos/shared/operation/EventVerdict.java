package dev.pedidos.shared.operation;

/** What becomes of an event when it meets the state of its operation. */
public sealed interface EventVerdict {
    /** @param after the operation with this event */
    record Applied(Operation after) implements EventVerdict {}

    /** It came before its turn. */
    record Waiting() implements EventVerdict {}

    record Refused(Refusal motivo) implements EventVerdict {}
}
