package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pedidos.e2e.docs.Markdown.Block;
import dev.pedidos.e2e.system.TestSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TryItTest {

    @Test
    void theCurlLinesOfTheReadmeAndOfTheApiGiveTheAnswersThatStandBelowThem() throws Exception {
        assumeTrue(run("command -v curl").contains("curl"), "there is no curl here");
        List<Block> blocks =
                new ArrayList<>(Markdown.read("README.md").section("Try it").blocks());
        blocks.addAll(Markdown.read("docs/api.md").section("Examples").blocks());
        try (var system = TestSystem.start("readme", Map.of())) {
            String url = system.apiByLedger().url().toString();
            system.worker();
            assertThat(blocks.removeFirst().text()).startsWith("./pedidos up");
            String setting = blocks.getFirst().text().replace(". .pedidos/run/env", "PEDIDOS_API_URL=" + url);
            assertThat(setting).contains(url);
            for (int i = 1; i < blocks.size(); i += 2) {
                String commands =
                        "shopt -s expand_aliases\n" + setting + blocks.get(i).text();
                var expected = CurlAnswer.of(blocks.get(i + 1).text());
                if (commands.contains(" -d ")) {
                    assertThat(CurlAnswer.of(run(commands))).as(commands).isEqualTo(expected);
                } else {
                    Awaitility.await(commands)
                            .atMost(Duration.ofSeconds(30))
                            .pollInterval(Duration.ofMillis(100))
                            .untilAsserted(() ->
                                    assertThat(CurlAnswer.of(run(commands))).isEqualTo(expected));
                }
            }
        }
    }

    private static String run(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
