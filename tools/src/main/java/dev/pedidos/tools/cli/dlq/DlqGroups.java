package dev.pedidos.tools.cli.dlq;

import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counts dead letters, one line per cause. */
@Command(name = "groups", mixinStandardHelpOptions = true, description = "Count dead letters by cause.")
final class DlqGroups implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Mixin
    private LetterFilters filters = new LetterFilters();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = CommandContext.of(spec);
        try (var operator = api.open(context)) {
            GroupsTable.print(context, operator.groups(filters.given()));
        }
        return 0;
    }
}
