package dev.pedidos.worker.turn;

import dev.pedidos.worker.execution.Handlers;

/**
 * The parts that try pedidos in their turns.
 *
 * @param turnstile for one pedido
 * @param lots for several in one transaction
 * @param rules which pedidos may be among those
 */
public record TurnParts(Turnstile turnstile, Lots lots, LotRules rules, Handlers handlers) {}
