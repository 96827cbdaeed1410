package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.List;

/**
 * A task to be inserted.
 *
 * @param contentHash over all of its items
 * @param items in their order; each belongs to this task
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewTask(String taskId, byte[] contentHash, List<NewPedido> items) {}
