package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.accept.NewPedido;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be inserted.
 *
 * @param contentHash over all of its items
 * @param callbackUrl where the webhook of its end goes; null if not given
 * @param items in their order; each belongs to this task
 */
@SuppressWarnings("ArrayRecordComponent")
public record NewTask(
        String taskId, byte[] contentHash, @Nullable String callbackUrl, List<NewPedido> items) {}
