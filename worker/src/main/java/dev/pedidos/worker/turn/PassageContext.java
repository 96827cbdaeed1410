package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.worker.execution.Handlers;

/**
 * The things that every passage is made with.
 *
 * @param preparedLots for pedidos whose handlers wait
 */
public record PassageContext(
        Turns turns,
        PreparedLots preparedLots,
        Handlers handlers,
        Attempt attempt,
        LineCheck line,
        ThisWorker worker) {}
