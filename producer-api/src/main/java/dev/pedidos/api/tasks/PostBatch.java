package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.intake.IdempotencyKey;
import dev.pedidos.shared.ledger.task.NewTask;
import dev.pedidos.shared.ledger.task.TaskInserted;
import dev.pedidos.shared.ledger.task.TaskInserts;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.Pedido;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** {@code POST /batch-expenses}: all items are accepted, or none. */
public final class PostBatch implements Routes {
    public static final String PATH = "/batch-expenses";

    private final BatchRequestReader requests;
    private final TaskInserts inserts;
    private final BooleanSupplier insertsNow;
    private final Predicate<String> ordered;
    private final Consumer<List<Pedido>> publisher;
    private final Bulkhead bulkhead;

    /**
     * @param callbackHosts the hosts that webhooks may be sent to
     * @param insertsNow whether new pedidos go to the ledger at this moment
     * @param publisher returns at once
     */
    public PostBatch(
            CallbackHosts callbackHosts,
            TaskInserts inserts,
            BooleanSupplier insertsNow,
            Predicate<String> ordered,
            Consumer<List<Pedido>> publisher,
            Bulkhead bulkhead) {
        this.requests = new BatchRequestReader(callbackHosts);
        this.inserts = inserts;
        this.insertsNow = insertsNow;
        this.ordered = ordered;
        this.publisher = publisher;
        this.bulkhead = bulkhead;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.post(routes, PATH, this::post);
    }

    private void post(Context ctx) {
        BatchRequest request =
                requests.read(HttpExchange.jsonBody(ctx), HttpExchange.headers(ctx, IdempotencyKey.HEADER));
        if (!insertsNow.getAsBoolean()) {
            throw new ProblemException(Problem.unavailable(
                    "The database takes no batches now. Nothing was accepted; send it again a little later."));
        }
        NewTask task = request.task(ordered);
        HttpExchange.releaseBody(ctx);
        bulkhead.answer(ctx, () -> insert(task, request.items()), result -> answer(ctx, task, result));
    }

    private TaskInserted insert(NewTask task, List<Pedido> items) throws Exception {
        TaskInserted result = inserts.insert(task);
        if (result instanceof TaskInserted.New) {
            publisher.accept(items);
        }
        return result;
    }

    private static void answer(Context ctx, NewTask task, TaskInserted result) {
        switch (result) {
            case TaskInserted.New() -> accepted(ctx, task);
            case TaskInserted.Replay(String answer) -> {
                ctx.header("Idempotent-Replayed", "true");
                HttpExchange.compactJson(ctx, 200, answer);
            }
            case TaskInserted.Conflict() -> HttpExchange.problem(ctx, Problem.idempotencyKeyReused());
            case TaskInserted.ItemKnown(String pedidoId) -> HttpExchange.problem(ctx, Problem.itemConflict(pedidoId));
        }
    }

    /** Ids have no character that JSON or an address would escape. */
    private static void accepted(Context ctx, NewTask task) {
        String self = "/tasks/" + task.taskId();
        ctx.header("Location", self);
        HttpExchange.json(
                ctx,
                202,
                "{\"task_id\":\"" + task.taskId() + "\",\"status\":\"PENDING\",\"total\":"
                        + task.items().size() + ",\"links\":{\"self\":\"" + self + "\",\"items\":\"" + self
                        + "/items\"}}");
    }
}
