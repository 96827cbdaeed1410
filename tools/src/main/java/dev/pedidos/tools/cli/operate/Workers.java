package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists the workers and their shards. */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = "List the workers with their shards, and the backlog of each shard.")
public final class Workers implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = api.context();
        try (var operator = api.open(context)) {
            var fleet = operator.fleet();
            context.print(workers(fleet.path("workers")));
            context.print("\n" + shards(fleet.path("shards")));
            context.print(RootLocale.format(
                    "\nparked: %s  receivers held: %s",
                    JsonField.text(fleet, "parked"), JsonField.text(fleet, "retidos")));
        }
        return 0;
    }

    private static String workers(JsonNode workers) {
        var table = Table.of(
                workers,
                Workers::cell,
                "worker_id",
                "version",
                "shards_active",
                "shards_standby",
                "per_second",
                "heartbeat_at");
        return workers.isEmpty() ? "no worker is running\n" : table.toString();
    }

    private static String shards(JsonNode shards) {
        return Table.of(shards, "shard", "owner", "backlog", "oldest_unfinished_at")
                .toString();
    }

    private static String cell(JsonNode worker, String field) {
        JsonNode value = worker.path(field);
        return value.isArray() ? list(value) : JsonField.text(worker, field);
    }

    private static String list(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining(","));
    }
}
