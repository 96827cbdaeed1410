package dev.pedidos.shared.ledger.task;

/** The states of a task, as the database computes them. */
public enum TaskStatus {
    PENDING,
    STARTED,
    SUCCESS,
    FAILURE,
    REVOKED
}
