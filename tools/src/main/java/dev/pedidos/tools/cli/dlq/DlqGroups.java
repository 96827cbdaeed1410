package dev.pedidos.tools.cli.dlq;

import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Failed;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Counts dead letters, one line per cause. */
@Command(name = "groups", mixinStandardHelpOptions = true, description = "Count dead letters by cause.")
final class DlqGroups implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Mixin
    private LetterFilters filters = new LetterFilters();

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        try (var operator = api.open(context)) {
            GroupsTable.print(context, operator.groups(filters.given()));
        }
        return 0;
    }
}
