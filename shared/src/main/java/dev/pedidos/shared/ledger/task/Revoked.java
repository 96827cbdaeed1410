package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import java.util.List;

/**
 * A task that a client has cancelled.
 *
 * @param status of the task now
 * @param cancellations the new ones, which have to be published
 * @param retrying of the items that wait for their next attempt: they need not wait any more
 */
public record Revoked(String status, List<Pedido> cancellations, List<Cancelamento> retrying) {}
