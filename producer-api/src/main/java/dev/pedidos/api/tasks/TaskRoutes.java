package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Bulkheads;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.page.PageAnswer;
import dev.pedidos.shared.ledger.read.TaskReads;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /tasks}, {@code /tasks/{task_id}} and {@code /tasks/{task_id}/items}. */
public final class TaskRoutes implements Routes {
    private static final String UNKNOWN = "No task was accepted under this id.";

    private final TaskReads tasks;
    private final Bulkheads bulkheads;

    public TaskRoutes(TaskReads tasks, Bulkheads bulkheads) {
        this.tasks = tasks;
        this.bulkheads = bulkheads;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.getWithQuery(routes, "/tasks", this::list);
        Routes.get(routes, "/tasks/{task_id}", this::one);
        Routes.getWithQuery(routes, "/tasks/{task_id}/items", this::items);
    }

    private void one(Context ctx) {
        String id = taskId(ctx);
        bulkheads
                .lookups()
                .answer(
                        ctx,
                        () -> tasks.find(id),
                        answer -> HttpExchange.compactJson(ctx, 200, answer.orElseThrow(TaskRoutes::unknown)));
    }

    private void items(Context ctx) {
        String id = taskId(ctx);
        ItemsQuery query = ItemsQuery.of(id, HttpExchange.query(ctx));
        PageAnswer.send(
                ctx,
                bulkheads.lists(),
                "items",
                query.cursor(),
                () -> tasks.items(id, query.status(), query.after(), query.limit())
                        .orElseThrow(TaskRoutes::unknown));
    }

    private void list(Context ctx) {
        TasksQuery query = TasksQuery.of(HttpExchange.query(ctx));
        PageAnswer.send(
                ctx,
                bulkheads.lists(),
                "tasks",
                TasksQuery.CURSOR,
                () -> tasks.list(query.status(), query.after(), query.limit()));
    }

    static String taskId(Context ctx) {
        return HttpExchange.pathId(ctx, "task_id", UNKNOWN);
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.notFound(UNKNOWN));
    }
}
