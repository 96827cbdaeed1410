package dev.pedidos.tools.cli.operate;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.api.JsonField;
import dev.pedidos.tools.cli.options.ApiOption;
import dev.pedidos.tools.cli.options.CommandContext;
import dev.pedidos.tools.cli.options.Failed;
import dev.pedidos.tools.proof.report.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Lists the workers and their shards. */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = "List the workers with their shards, and the backlog of each shard.")
public final class Workers implements Callable<Integer> {

    @Mixin
    private ApiOption api = new ApiOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException, Failed {
        var context = CommandContext.of(spec);
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
        var table = new Table("worker_id", "version", "shards_active", "shards_standby", "per_second", "heartbeat_at");
        workers.forEach(worker -> table.add(
                JsonField.text(worker, "worker_id"),
                JsonField.text(worker, "version"),
                list(worker.path("shards_active")),
                list(worker.path("shards_standby")),
                JsonField.text(worker, "per_second"),
                JsonField.text(worker, "heartbeat_at")));
        return workers.isEmpty() ? "no worker is running\n" : table.toString();
    }

    private static String shards(JsonNode shards) {
        var table = new Table("shard", "owner", "backlog", "oldest_unfinished_at");
        shards.forEach(shard -> table.add(
                JsonField.text(shard, "shard"),
                JsonField.text(shard, "owner"),
                JsonField.text(shard, "backlog"),
                JsonField.text(shard, "oldest_unfinished_at")));
        return table.toString();
    }

    private static String list(JsonNode numbers) {
        return StreamSupport.stream(numbers.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining(","));
    }
}
