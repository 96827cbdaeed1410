package dev.pedidos.api.tasks;

import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.task.NewTask;
import dev.pedidos.shared.message.DespesaBatch;
import dev.pedidos.shared.message.Pedido;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A valid request to accept a batch.
 *
 * @param callbackUrl where the webhook of its end goes; null if not given
 */
record BatchRequest(
        String taskId, List<Pedido> items, @Nullable String callbackUrl) {

    /** @param ordered whether pedidos of a tipo stand in their receiver's line */
    NewTask task(Predicate<String> ordered) {
        List<NewPedido> rows = items.stream()
                .map(item -> NewPedido.of(item, ordered.test(item.tipo())))
                .toList();
        return new NewTask(
                taskId,
                DespesaBatch.contentHash(
                        rows.stream().map(NewPedido::payloadHash).toList(), callbackUrl),
                callbackUrl,
                rows);
    }
}
