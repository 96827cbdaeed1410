package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.tools.proof.report.BrokerDefinitions;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

    @Test
    void theExportedDefinitionsAreTheTopologyOfTheDefaultSettings() throws Exception {
        var topology = topology(number(Settings.SHARDS));

        assertThat(Files.readString(Markdown.REPOSITORY.resolve("deploy/rabbitmq/definitions.json")))
                .as("./pedidos definitions >deploy/rabbitmq/definitions.json writes it again")
                .isEqualTo(BrokerDefinitions.text(topology, "pedidos"));
    }

    /** From RabbitMQ 4.2.6 on a user may look only at a queue that it has a right to. */
    @Test
    void apiAndWorkerHaveARightToEveryQueue() {
        var users = new RepositoryFile("deploy/rabbitmq/users.json");
        for (var user : List.of("api", "worker")) {
            String write = users.found("\"user\": \"" + user + "\".*?\"write\": \"(.*?)\"")
                    .getFirst()
                    .replace("\\\\", "\\");

            assertThat(topology(Topology.MOST_SHARDS).queues())
                    .allMatch(queue -> queue.name().matches(write));
        }
    }

    private static Topology topology(int shards) {
        var ladder = RetryLadder.doubling(
                Duration.ofMillis(number(Settings.RETRY_BASE_MS)), Duration.ofMillis(number(Settings.RETRY_MAX_MS)));
        return new Topology("", shards, ladder);
    }

    private static int number(Setting setting) {
        return new Env(Map.of()).integer(setting);
    }
}
