package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.worker.execution.Handlers;

/**
 * What every passage is made with.
 *
 * @param preparedLots for pedidos whose handlers wait
 * @param worker the name of this process, whose lock it holds while it lives
 */
public record PassageContext(
        Turns turns,
        PreparedLots preparedLots,
        Handlers handlers,
        Attempt attempt,
        FailureRecord failures,
        LineCheck line,
        String worker) {}
