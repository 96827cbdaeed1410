package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.OperatorApi;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.report.ProgressView;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the progress of a running redrive. */
@Command(
        name = "redrives",
        mixinStandardHelpOptions = true,
        description = "Show the progress of a redrive until its end; it also goes on without this command.")
final class DlqRedrives implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin
    private ApiOption api = new ApiOption();

    @Parameters(paramLabel = "REDRIVE_ID", description = "The redrive_id that `dlq redrive` printed.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        try (var operator = api.open(context)) {
            return follow(context, operator, id);
        }
    }

    static int follow(CommandContext context, OperatorApi operator, String id)
            throws IOException, InterruptedException {
        var now = operator.progress(id);
        long chosen = now.path("selecionados").asLong(0);
        context.say(
                RootLocale.format("redrive %s: %,d selected; it goes on even if this command is stopped", id, chosen));
        try (var progress = new ProgressView("redriven", chosen)) {
            while (!"DONE".equals(now.path("status").stringValue(""))) {
                progress.at(now.path("feitos").asLong(0));
                Thread.sleep(LOOK_EVERY);
                now = operator.progress(id);
            }
            progress.at(chosen);
        }
        context.print(RootLocale.format(
                "redrive %s: DONE, %,d of %,d", id, now.path("feitos").asLong(0), chosen));
        return 0;
    }
}
