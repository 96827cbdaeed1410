package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.Env;
import dev.pedidos.shared.runtime.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComposeTest {

    @Test
    void onlyTheLoopbackInterfaceIsPublished() throws IOException {
        assertThat(found("ports: \\[(.*)\\]", "deploy/compose/compose.yaml"))
                .hasSize(2)
                .allMatch(port -> port.startsWith("\"127.0.0.1:"));
    }

    @Test
    void aStopMayTakeLongerThanTheProgramsDrain() throws IOException {
        int drain = new Env(Map.of()).integer(Settings.DRAIN_MS);

        assertThat(found("stop_grace_period: (\\d+)s", "deploy/compose/compose.yaml"))
                .hasSize(4)
                .allMatch(seconds -> Integer.parseInt(seconds) * 1000 > drain);
    }

    @Test
    void aWorkerHasNothingThatTwoCannotHave() throws IOException {
        String worker = text("deploy/compose/compose.yaml")
                .replaceFirst("(?s).*\\n  worker:\\n", "")
                .replaceFirst("(?s)\\n  pedidos:\\n.*", "");

        assertThat(worker).contains("replicas").doesNotContain("container_name", "ports:", "hostname:");
    }

    @Test
    void everyUserOfTheBrokerGetsAPassword() throws IOException {
        var users = found("\"name\": \"(\\w+)\"", "deploy/rabbitmq/users.json");

        assertThat(found("for user in ([\\w ]+); do", "deploy/compose/secrets.sh"))
                .containsExactly(String.join(" ", users));
        assertThat(found("\"password_hash\": \"@(\\w+)@\"", "deploy/rabbitmq/users.json"))
                .isEqualTo(users);
    }

    private static List<String> found(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(text(file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(Markdown.REPOSITORY.resolve(file));
    }
}
