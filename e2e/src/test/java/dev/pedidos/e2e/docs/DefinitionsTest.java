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
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

    @Test
    void theExportedDefinitionsAreTheTopologyOfTheDefaultSettings() throws Exception {
        var ladder = RetryLadder.doubling(
                Duration.ofMillis(number(Settings.RETRY_BASE_MS)), Duration.ofMillis(number(Settings.RETRY_MAX_MS)));
        var topology = new Topology("", number(Settings.SHARDS), ladder);

        assertThat(Files.readString(Markdown.REPOSITORY.resolve("deploy/rabbitmq/definitions.json")))
                .as("./pedidos definitions >deploy/rabbitmq/definitions.json writes it again")
                .isEqualTo(BrokerDefinitions.text(topology, "pedidos"));
    }

    private static int number(Setting setting) {
        return new Env(Map.of()).integer(setting);
    }
}
