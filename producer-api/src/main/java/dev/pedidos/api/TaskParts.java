package dev.pedidos.api;

import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.publishing.TaskPublishing;
import dev.pedidos.api.tasks.CancelTask;
import dev.pedidos.api.tasks.PostBatch;
import dev.pedidos.api.tasks.TaskRoutes;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.ledger.read.TaskReads;
import dev.pedidos.shared.ledger.task.TaskCancellation;
import dev.pedidos.shared.ledger.task.TaskFold;
import dev.pedidos.shared.ledger.task.TaskInserts;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.PedidoMessage;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The part of the producer that takes batches and answers about tasks, put together. */
final class TaskParts {
    private TaskParts() {}

    static void start(ApiContext context) {
        var stores = context.stores();
        context.lifecycle().run("task fold", new TaskFold(stores.database()).loop(stores::ledgerIsUp));
    }

    static List<Routes> routes(
            ApiContext context,
            PublishingParts publishing,
            AcceptanceParts acceptance,
            Bulkheads bulkheads,
            Executor executor) {
        var database = context.stores().database();
        var batches = new TaskPublishing(publishing.publishing(), executor);
        Consumer<List<Pedido>> publisher = pedidos -> batches.publish(pedidos.stream()
                .map(pedido -> PedidoMessage.of(pedido, Version.first(pedido.pedidoId())))
                .toList());
        return List.of(
                new PostBatch(
                        context.config().callbackHosts(),
                        new TaskInserts(database, acceptance.inserts()),
                        acceptance.failover()::insertsNow,
                        context.ordered(),
                        publisher,
                        bulkheads.batches()),
                new CancelTask(
                        new TaskCancellation(database, acceptance.inserts(), context.ordered()),
                        new Cancellations(database),
                        acceptance.failover()::insertsNow,
                        publisher,
                        bulkheads.batches()),
                new TaskRoutes(new TaskReads(database, context.memory().batchBytes()), bulkheads));
    }
}
