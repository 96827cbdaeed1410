package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.api.OperatorApi;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.report.ProgressView;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists redrives, shows the progress of one, or cancels it. */
@Command(
        name = "redrives",
        mixinStandardHelpOptions = true,
        description = "List redrives, or show the progress of one until its end; it also goes on without this command.")
final class DlqRedrives implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    @Mixin
    private ApiOption api = new ApiOption();

    @Parameters(arity = "0..1", paramLabel = "REDRIVE_ID", description = "The redrive_id that `dlq redrive` printed.")
    @Nullable
    private String id;

    @Option(names = "--cancel", description = "End this redrive: the dead letters that are left stay what they are.")
    private boolean cancel;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        if (cancel && id == null) {
            throw new ParameterException(spec.commandLine(), "--cancel needs a REDRIVE_ID");
        }
        var context = api.context();
        try (var operator = api.open(context)) {
            if (id == null) {
                context.print(table(operator.redrives()));
            } else if (cancel) {
                context.print(line(operator.cancelRedrive(id)));
            } else {
                return follow(context, operator, id);
            }
        }
        return 0;
    }

    /** @return the exit code: 1 if it was cancelled before its end */
    static int follow(CommandContext context, OperatorApi operator, String id)
            throws IOException, InterruptedException {
        var now = operator.progress(id);
        long chosen = now.path("selecionados").asLong(0);
        context.say(
                RootLocale.format("redrive %s: %,d selected; it goes on even if this command is stopped", id, chosen));
        try (var progress = new ProgressView("redriven", chosen)) {
            while (now.path("status").stringValue("").equals("RUNNING")) {
                progress.at(now.path("feitos").asLong(0));
                Thread.sleep(LOOK_EVERY);
                now = operator.progress(id);
            }
            progress.at(now.path("feitos").asLong(0));
        }
        context.print(line(now));
        return now.path("status").stringValue("").equals("DONE") ? 0 : 1;
    }

    private static String table(JsonNode redrives) {
        return redrives.isEmpty()
                ? "no redrives"
                : Table.of(
                                redrives,
                                DlqRedrives::cell,
                                "redrive_id",
                                "status",
                                "feitos",
                                "selecionados",
                                "por_segundo",
                                "por",
                                "cancelado_por",
                                "criado_em",
                                "filtro")
                        .toString();
    }

    private static String cell(JsonNode redrive, String field) {
        return field.equals("filtro") ? redrive.path(field).toString() : JsonField.text(redrive, field);
    }

    private static String line(JsonNode redrive) {
        return RootLocale.format(
                "redrive %s: %s, %,d of %,d",
                redrive.path("redrive_id").stringValue(""),
                redrive.path("status").stringValue(""),
                redrive.path("feitos").asLong(0),
                redrive.path("selecionados").asLong(0));
    }
}
