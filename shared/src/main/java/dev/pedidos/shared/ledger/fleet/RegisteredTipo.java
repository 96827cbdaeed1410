package dev.pedidos.shared.ledger.fleet;

/**
 * A tipo that APIs accept, because a worker has a handler of it.
 *
 * @param undoable the handler can undo a COMPLETED pedido
 */
public record RegisteredTipo(String tipo, boolean undoable) {}
