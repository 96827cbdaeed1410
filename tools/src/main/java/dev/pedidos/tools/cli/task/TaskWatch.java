package dev.pedidos.tools.cli.task;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.report.ProgressView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows how far a task is. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Show how far a task is until its end; it also goes on without this command.")
final class TaskWatch implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin
    private ApiOption api = new ApiOption();

    @Parameters(paramLabel = "ID", description = "The task_id that `task send` printed.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        try (var operator = api.open(context)) {
            var task = operator.task(id);
            var news = new TaskNews(operator);
            try (var progress = new ProgressView("items", task.path("total").asLong(0))) {
                while (JsonField.text(task, "terminado_em").isEmpty()) {
                    progress.at(finished(task));
                    news.next(task).ifPresent(context::say);
                    Thread.sleep(LOOK_EVERY);
                    task = operator.task(id);
                }
                progress.at(finished(task));
            }
            String status = JsonField.text(task, "status");
            context.print(RootLocale.format(
                    "task %s: %s, %,d of %,d done, %,d dead letters",
                    id,
                    status,
                    task.path("feitos").asLong(0),
                    task.path("total").asLong(0),
                    task.path("falhos").asLong(0)));
            return status.equals("SUCCESS") ? 0 : 1;
        }
    }

    private static long finished(JsonNode task) {
        return task.path("feitos").asLong(0) + task.path("falhos").asLong(0);
    }
}
