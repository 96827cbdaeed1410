package dev.pedidos.tools.cli.task;

import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Consent;
import dev.pedidos.tools.cli.options.Failed;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Cancels every unfinished item of a task. This cannot be undone. */
@Command(name = "cancel", mixinStandardHelpOptions = true, description = "Cancel every unfinished item of a task.")
final class TaskCancel implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Mixin
    private Consent consent = new Consent();

    @Parameters(paramLabel = "ID", description = "Its task_id.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        if (!consent.given(context, "Cancel every unfinished item of task " + id + "?")) {
            return 1;
        }
        try (var operator = api.open(context)) {
            context.print("task " + id + " is " + operator.cancelTask(id));
        }
        return 0;
    }
}
