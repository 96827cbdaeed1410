package dev.pedidos.tools.cli.task;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.cli.options.LimitOption;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Lists the items of a task, one per line. */
@Command(name = "items", mixinStandardHelpOptions = true, description = "List the items of a task.")
final class TaskItems implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Mixin
    private LimitOption limit = new LimitOption();

    @Parameters(paramLabel = "ID", description = "The task_id that `task send` printed.")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(names = "--failed", description = "Only those that were rejected or are dead letters.")
    private boolean failed;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        int most = limit.checked();
        List<Map<String, String>> filters =
                failed ? List.of(Map.of("status", "DEAD_LETTERED"), Map.of("status", "REJECTED")) : List.of(Map.of());
        try (var operator = api.open(context)) {
            // The id stands in an address: the call for one task checks it.
            String path = "/tasks/" + operator.task(id).path("task_id").stringValue("") + "/items";
            List<JsonNode> items = new ArrayList<>();
            boolean more = false;
            for (Map<String, String> filter : filters) {
                if (items.size() == most) {
                    more = true;
                } else {
                    var listing = operator.list(path, filter, "items", most - items.size());
                    items.addAll(listing.entries());
                    more |= listing.hasMore();
                }
            }
            print(context, items);
            if (more) {
                context.say(RootLocale.format("the first %,d items: --limit N shows more", items.size()));
            }
        }
        return 0;
    }

    private static void print(CommandContext context, List<JsonNode> items) {
        var table = Table.of(items, "n", "cnpj", "status", "motivo", "pedido_id");
        context.print(items.isEmpty() ? "no items" : table.toString());
    }
}
