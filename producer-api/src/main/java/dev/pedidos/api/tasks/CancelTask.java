package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Exchange;
import dev.pedidos.api.http.Lane;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.shared.ledger.FaultLog;
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
import org.slf4j.LoggerFactory;

/** {@code POST /tasks/{task_id}/cancel}. */
public final class CancelTask implements Routes {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(CancelTask.class));

    private final TaskCancellation tasks;
    private final Cancellations cancellations;
    private final BooleanSupplier insertsNow;
    private final Consumer<List<Pedido>> publisher;
    private final Lane lane;

    /**
     * @param insertsNow whether new pedidos go to the ledger at this moment
     * @param publisher returns at once
     */
    public CancelTask(
            TaskCancellation tasks,
            Cancellations cancellations,
            BooleanSupplier insertsNow,
            Consumer<List<Pedido>> publisher,
            Lane lane) {
        this.tasks = tasks;
        this.cancellations = cancellations;
        this.insertsNow = insertsNow;
        this.publisher = publisher;
        this.lane = lane;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, "/tasks/{task_id}/cancel", this::cancel);
    }

    private void cancel(Context ctx) {
        String id = TaskRoutes.taskId(ctx);
        @Nullable
        String motivo = Cancelamento.read(id, Exchange.jsonOrNothing(ctx)).motivo();
        if (!insertsNow.getAsBoolean()) {
            throw new ProblemException(Problem.unavailable(
                    "The database takes no cancellation of a task now. Nothing was cancelled; send it again a little"
                            + " later."));
        }
        lane.answer(ctx, () -> revoke(id, motivo), revoked -> {
            String status = revoked.orElseThrow(TaskRoutes::unknown).status();
            Exchange.json(ctx, 202, "{\"task_id\":\"" + id + "\",\"status\":\"" + status + "\"}");
        });
    }

    private Optional<Revoked> revoke(String id, @Nullable String motivo) throws Exception {
        Optional<Revoked> revoked = tasks.revoke(id, motivo);
        revoked.ifPresent(one -> {
            publisher.accept(one.cancellations());
            hastenLater(one.retrying());
        });
        return revoked;
    }

    /** The cancellations are kept: an item that is not hastened ends in its turn. */
    private void hastenLater(List<Cancelamento> retrying) {
        if (retrying.isEmpty()) {
            return;
        }
        try {
            var unused = lane.run(() -> {
                        retrying.forEach(this::hasten);
                        return true;
                    })
                    .exceptionally(CancelTask::notHastened);
        } catch (ProblemException tooManyWait) {
            notHastened(tooManyWait);
        }
    }

    private void hasten(Cancelamento one) {
        try {
            cancellations.hasten(one);
        } catch (RuntimeException e) {
            notHastened(e);
        }
    }

    private static boolean notHastened(Throwable failure) {
        FAULTS.warn("not all cancelled items of a task were ended at once; the others end in their turns", failure);
        return false;
    }
}
