package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.ledger.task.Revoked;
import dev.pedidos.shared.ledger.task.TaskCancellation;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code POST /tasks/{task_id}/cancel}. */
public final class CancelTask implements Routes {
    private final TaskCancellation tasks;
    private final CancelledItemEnder cancelledItems;
    private final BooleanSupplier insertsNow;
    private final Consumer<List<Pedido>> publisher;
    private final Bulkhead bulkhead;

    /**
     * @param insertsNow whether new pedidos go to the ledger at this moment
     * @param publisher returns at once
     */
    public CancelTask(
            TaskCancellation tasks,
            Cancellations cancellations,
            BooleanSupplier insertsNow,
            Consumer<List<Pedido>> publisher,
            Bulkhead bulkhead) {
        this.tasks = tasks;
        this.cancelledItems = new CancelledItemEnder(cancellations, bulkhead);
        this.insertsNow = insertsNow;
        this.publisher = publisher;
        this.bulkhead = bulkhead;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, "/tasks/{task_id}/cancel", this::cancel);
    }

    private void cancel(Context ctx) {
        String id = TaskRoutes.taskId(ctx);
        @Nullable
        String motivo = Cancelamento.read(id, HttpExchange.jsonOrNothing(ctx)).motivo();
        if (!insertsNow.getAsBoolean()) {
            throw new ProblemException(Problem.unavailable(
                    "The database takes no cancellation of a task now. Nothing was cancelled; send it again a little"
                            + " later."));
        }
        bulkhead.answer(ctx, () -> revoke(id, motivo), revoked -> {
            String status = revoked.orElseThrow(TaskRoutes::unknown).status();
            HttpExchange.json(ctx, 202, "{\"task_id\":\"" + id + "\",\"status\":\"" + status + "\"}");
        });
    }

    private Optional<Revoked> revoke(String id, @Nullable String motivo) throws Exception {
        Optional<Revoked> revoked = tasks.revoke(id, motivo);
        revoked.ifPresent(one -> {
            publisher.accept(one.cancellations());
            cancelledItems.begin(one.retrying());
        });
        return revoked;
    }
}
