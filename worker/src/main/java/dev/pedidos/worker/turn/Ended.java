package dev.pedidos.worker.turn;

import dev.pedidos.worker.settle.Ending;

/** The pedido has an ending, and the ledger has recorded what it had to. */
record Ended(Ending ending) implements Look, Tried {}
