package dev.pedidos.tools.cli.dlq;

import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.OperatorApi;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Consent;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.Numbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends dead letters back to work: one, a group, or all. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = "Send dead letters back to work: one by its id, a group by filters, or all.")
final class DlqRedrive implements Callable<Integer> {
    @Mixin
    private ApiOption api = new ApiOption();

    @Mixin
    private LetterFilters filters = new LetterFilters();

    @Mixin
    private Consent consent = new Consent();

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The pedido_id of one.")
    private @Nullable String id;

    @Option(names = "--all", description = "All dead letters.")
    private boolean all;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most this many per second (${DEFAULT-VALUE}).")
    private int rate;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        Numbers.checked(spec, "--rate", rate, 1, Limits.POR_SEGUNDO_MAX);
        Map<String, String> group = filters.given();
        List<String> ways = ways(group);
        if (ways.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    ways.isEmpty()
                            ? "select dead letters: one ID, or filters such as --motivo, or --all"
                            : String.join(" and ", ways) + " contradict each other: use one of them");
        }
        try (var operator = api.open(context)) {
            if (id == null) {
                return redriveGroup(context, operator, group);
            }
            if (!consent.given(context, "Redrive 1 dead letter, " + id + "?")) {
                return 1;
            }
            operator.redrive(id);
            context.print(id + " is PENDING again");
            return 0;
        }
    }

    private List<String> ways(Map<String, String> group) {
        List<String> ways = new ArrayList<>();
        if (id != null) {
            ways.add("ID");
        }
        if (all) {
            ways.add("--all");
        }
        if (!group.isEmpty()) {
            ways.add("filters");
        }
        return ways;
    }

    private int redriveGroup(CommandContext context, OperatorApi operator, Map<String, String> group)
            throws IOException, InterruptedException {
        long total = GroupsTable.print(context, operator.groups(group));
        if (total == 0) {
            return 0;
        }
        String question = RootLocale.format(
                "Redrive %,d dead letter%s, at most %,d a second?", total, total == 1 ? "" : "s", rate);
        if (!consent.given(context, question)) {
            return 1;
        }
        return DlqRedrives.follow(context, operator, operator.redriveAll(group, rate));
    }
}
