package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.worker.execution.Handlers;

/**
 * What every passage is made with.
 *
 * @param worker the name of this process, whose lock it holds while it lives
 */
record PassageContext(
        Turns turns,
        PreparedLots preparedLots,
        Handlers handlers,
        Attempt attempt,
        FailureRecord failures,
        LineCheck line,
        String worker) {}
