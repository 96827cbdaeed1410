package dev.pedidos.shared.operation;

/** The states of an operation; docs/lifecycle.md has the table. */
public enum OperationStatus {
    /** No event was applied yet: clients read null. */
    NONE,
    PENDING,
    PROCESSING,
    COMPLETED,
    REJECTED;

    /** No event can be applied any more. */
    public boolean isFinal() {
        return switch (this) {
            case NONE, PENDING, PROCESSING -> false;
            case COMPLETED, REJECTED -> true;
        };
    }
}
