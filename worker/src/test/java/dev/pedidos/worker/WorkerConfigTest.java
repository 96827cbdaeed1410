package dev.pedidos.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.InvalidConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerConfigTest {

    private static final int SHARDS = 16;

    @ParameterizedTest
    @CsvSource({
        "'', '', '', 16",
        "'', '', 200, 50",
        "'', 16, '', 32",
        "1, '', '', 1",
        "1, 16, 200, 1",
        "40, 16, '', 40",
    })
    void thePrefetchThatIsSetIsKeptAndElseItFollowsLotsAndHandlersThatWait(
            String prefetch, String lote, String esperas, int deliveries) {
        var env = env(Map.of("PEDIDOS_PREFETCH", prefetch, "PEDIDOS_LOTE", lote, "PEDIDOS_ESPERAS", esperas));

        var config = WorkerConfig.from(env);

        env.check();
        assertThat(config.work().deliveriesAhead(SHARDS)).isEqualTo(deliveries);
    }

    @Test
    void aFolderForPluginsThatIsMissingOrNoFolderIsReportedWithTheOtherProblems(@TempDir Path folder) throws Exception {
        for (var plugins : new Path[] {folder.resolve("missing"), Files.createFile(folder.resolve("handlers.jar"))}) {
            var env = env(Map.of("PEDIDOS_PLUGINS", plugins.toString(), "PEDIDOS_LOTE", "0"));

            WorkerConfig.from(env);

            assertThatThrownBy(env::check)
                    .isInstanceOf(InvalidConfig.class)
                    .hasMessageContainingAll(
                            "PEDIDOS_PLUGINS must be the path of a folder that exists", "PEDIDOS_LOTE must be");
        }
    }

    private static Env env(Map<String, String> settings) {
        var variables = new HashMap<>(settings);
        variables.put("AMQP_URI", "amqp://user:secret@broker:5672/%2F");
        variables.put("DATABASE_URL", "postgresql://app:secret@db/pedidos");
        return new Env(variables);
    }
}
