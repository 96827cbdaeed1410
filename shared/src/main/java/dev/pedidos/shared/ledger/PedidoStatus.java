package dev.pedidos.shared.ledger;

/** The states of a pedido; docs/lifecycle.md draws them. */
public enum PedidoStatus {
    PENDING,
    PROCESSING,
    RETRYING,
    COMPLETED,
    REJECTED,
    DEAD_LETTERED,
    DISCARDED,
    CANCELLED;

    /** True while it keeps its place in its receiver's line. */
    public boolean unfinished() {
        return switch (this) {
            case PENDING, PROCESSING, RETRYING -> true;
            case COMPLETED, REJECTED, DEAD_LETTERED, DISCARDED, CANCELLED -> false;
        };
    }
}
