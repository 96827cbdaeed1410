package dev.pedidos.shared.operation;

/** What becomes of an event when it meets the state of its operation. */
public sealed interface Verdict {
    /** @param after the operation with this event */
    record Applied(Operation after) implements Verdict {}

    /** It came before its turn. */
    record Waiting() implements Verdict {}

    record Refused(Refusal motivo) implements Verdict {}
}
