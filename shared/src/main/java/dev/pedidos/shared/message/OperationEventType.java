package dev.pedidos.shared.message;

/** The kinds of events of an operation. */
public enum OperationEventType {
    CREATED,
    STARTED,
    ADJUSTED,
    COMPLETED,
    REJECTED
}
