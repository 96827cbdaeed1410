package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.message.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ComposeTest {

    @Test
    void onlyTheLoopbackInterfaceIsPublished() {
        assertThat(found("ports: \\[(.*)\\]", "deploy/compose/compose.yaml"))
                .hasSize(2)
                .allMatch(port -> port.startsWith("\"127.0.0.1:"));
    }

    @Test
    void aStopMayTakeLongerThanTheProgramsDrain() {
        var env = new Env(Map.of());
        int drain = env.integer(Settings.DRAIN_MS) + env.integer(Settings.READY_DELAY_MS);

        assertThat(found("stop_grace_period: (?:\\$\\{STOP_GRACE:-)?(\\d+)s", "deploy/compose/compose.yaml"))
                .hasSize(4)
                .allMatch(seconds -> Integer.parseInt(seconds) * 1000 > drain);
        assertThat(service("producer-api")).contains("stop_grace_period: ${STOP_GRACE:-");
        assertThat(service("worker")).contains("stop_grace_period: ${STOP_GRACE:-");
    }

    @Test
    void theFilesOfTheImagesAreReadableWhateverTheUmaskOfTheCheckout() {
        assertThat(found("COPY (.*deploy/.*)", "deploy/compose/Dockerfile"))
                .allMatch(files -> files.startsWith("--chmod=755 "));
    }

    @Test
    void theBrokerTakesMessagesOfTheSizeThatThePrivateOneTakes() {
        assertThat(found("(?m)^max_message_size = (\\d+)$", "deploy/rabbitmq/rabbitmq.conf"))
                .containsExactly(Integer.toString(Limits.BROKER_MESSAGE_BYTES));
    }

    @Test
    void theDatabaseEndsTheStatementsOfKilledPrograms() {
        assertThat(service("postgres")).contains("client_connection_check_interval=5s");
    }

    @Test
    void theApiTakesOnlyTheNamesThatItHas() {
        assertThat(service("producer-api"))
                .contains("PEDIDOS_ALLOWED_HOSTS: ${ALLOWED_HOSTS:-localhost,127.0.0.1,producer-api}");
    }

    @Test
    void theNumberOfShardsIsThatOfTheImportedDefinitions() {
        assertThat(text("deploy/compose/pedidos.env")).doesNotContain("PEDIDOS_SHARDS");
        assertThat(text("deploy/compose/update")).contains("select shards from fleet", "PEDIDOS_SHARDS=${shards:-");
    }

    @Test
    void everySettingHasAPlaceInTheFilesOfTheDeployment() {
        var places = new ArrayList<>(found("(?m)^#(PEDIDOS_\\w+)=", "deploy/compose/pedidos.env"));
        places.addAll(found("(PEDIDOS_\\w+?)(?:_FILE)?: ", "deploy/compose/compose.yaml"));
        // Set in the image itself, or read only by ./pedidos of a checkout.
        places.addAll(List.of(Settings.PLUGINS.name(), Settings.DOCKER.name()));
        // Fixed within a container; .env has the host's port.
        places.add(Settings.API_PORT.name());
        // The definitions that the broker imports have its default; reshard changes it.
        places.add(Settings.SHARDS.name());

        assertThat(places)
                .as("add a new setting to deploy/compose/pedidos.env")
                .containsAll(Settings.ALL.stream()
                        .map(Setting::name)
                        .filter(name -> name.startsWith("PEDIDOS_") && !name.endsWith("_FILE"))
                        .toList());
    }

    @Test
    void theSettingsOfTheDeploymentExist() {
        assertThat(Settings.ALL.stream().map(Setting::name))
                .containsAll(found("(?m)^#(PEDIDOS_\\w+)=", "deploy/compose/pedidos.env"));
    }

    @Test
    void howManyProgramsRunAndWhereStandsInAFileThatEachUpReads() {
        var names = found("(?m)^(\\w+)=", "deploy/compose/.env");

        assertThat(names).contains("WORKERS", "API_PORT", "MANAGEMENT_PORT");
        assertThat(new TreeSet<>(found("\\$\\{(\\w+):-", "deploy/compose/compose.yaml")))
                .filteredOn(name -> !name.equals("COMPOSE_PROJECT_NAME"))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void theCommandsRunInTheImageOfTheMigrationsWhichEachBuildMakes() {
        assertThat(service("migrate")).contains("*tools", "target: tools");
        assertThat(service("pedidos")).contains("*tools", "pull_policy: never").doesNotContain("build:");
    }

    @Test
    void theServiceThatJudgesMayOnlyRead() {
        assertThat(text("deploy/compose/secrets.sh")).contains("$(database_url verify)'\" >verify/env");
        assertThat(found("(?m)^(?:grant|.* grant) (.*?) on ", "deploy/compose/verify-role.sh"))
                .contains("select")
                .allMatch(right -> right.equals("select") || right.equals("connect"));
    }

    @Test
    void anUpdateMigratesBeforeItStopsAProgram() {
        assertThat(text("deploy/compose/update"))
                .containsSubsequence(
                        "docker compose build\n",
                        "stop verify\n",
                        "-T migrate\n",
                        "<verify-role.sh\n",
                        "pedidos definitions)",
                        "replace \"$service\"",
                        "up -d --no-deps verify");
    }

    @Test
    void noServiceLeavesAnAnonymousVolume() {
        // Volumes that the images declare.
        assertThat(service("secrets")).contains("tmpfs: [/tmp, /var/lib/postgresql/data]");
        assertThat(service("postgres")).contains("postgres-data:/var/lib/postgresql/data");
        assertThat(service("rabbitmq")).contains("rabbitmq-data:/var/lib/rabbitmq");
    }

    @Test
    void noVolumeOfSecretsTakesTheOwnerOfAFolderOfAnImage() {
        assertThat(found(
                        "(?:-secrets|rabbitmq-definitions):/(?!secrets/)[\\w/.-]+:([\\w,]+)",
                        "deploy/compose/compose.yaml"))
                .hasSize(7)
                .containsOnly("ro,nocopy");
    }

    @Test
    void noHealthCheckStartsAVirtualMachine() {
        assertThat(found("test: \\[CMD, (.*)\\]", "deploy/compose/compose.yaml"))
                .as("one for each service that stays")
                .hasSize(5)
                .noneMatch(command -> command.matches(".*(rabbitmq|java|erl).*"));
    }

    @Test
    void nothingOfTheServiceWorkerKeepsASecondOneFromRunning() {
        assertThat(service("worker")).contains("replicas").doesNotContain("container_name", "ports:", "hostname:");
    }

    @Test
    void everyUserOfTheBrokerGetsAPassword() {
        var users = found("\"name\": \"(\\w+)\"", "deploy/rabbitmq/users.json");

        assertThat(found("for user in ([\\w ]+); do", "deploy/compose/secrets.sh"))
                .containsExactly(String.join(" ", users));
        assertThat(found("\"password_hash\": \"@(\\w+)@\"", "deploy/rabbitmq/users.json"))
                .isEqualTo(users);
    }

    private static String service(String name) {
        return text("deploy/compose/compose.yaml")
                .replaceFirst("(?s).*\\n  " + name + ":\\n", "")
                .replaceFirst("(?s)\\n(  )?[a-z#].*", "");
    }

    private static List<String> found(String pattern, String file) {
        return new RepositoryFile(file).found(pattern);
    }

    private static String text(String file) {
        return new RepositoryFile(file).text();
    }
}
