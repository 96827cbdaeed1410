package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Setting;
import dev.pedidos.shared.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KubernetesTest {

    private static final String SECRETS = "/run/pedidos/";
    private static final RepositoryFile KUSTOMIZATION = manifest("kustomization.yaml");
    private static final RepositoryFile EVERY_POD = manifest("every-pod.yaml");
    private static final RepositoryFile COMPOSE = new RepositoryFile("deploy/compose/compose.yaml");
    private static final RepositoryFile DOCKERFILE = new RepositoryFile("deploy/compose/Dockerfile");
    private static final List<String> PROGRAMS = List.of("api.yaml", "worker.yaml");
    private static final List<String> PODS =
            List.of("api.yaml", "worker.yaml", "migrate.yaml", "verify.yaml", "operator.yaml");

    @Test
    void everySettingIsOneThatTheProgramsTake() {
        for (String file : PROGRAMS) {
            assertThatCode(new Env(values(file))::check).as(file).doesNotThrowAnyException();
        }
        for (String file : PODS) {
            assertThat(Settings.ALL.stream().map(Setting::name))
                    .as(file)
                    .containsAll(manifest(file).found("name: ([A-Z_]+),"));
        }
    }

    @Test
    void noSecretIsInTheEnvironment() {
        for (String file : PODS) {
            assertThat(manifest(file).text()).as(file).doesNotContain("secretKeyRef", "secretRef");
            assertThat(manifest(file).found("name: (\\w*(?:URI|URL|SECRET|TOKEN)\\w*),"))
                    .as(file)
                    .allMatch(name -> name.endsWith("_FILE"));
        }
        assertThat(KUSTOMIZATION.text()).doesNotContain("_URI", "_URL", "secretGenerator");
    }

    @Test
    void theDocumentNamesEverySecretWithItsFiles() {
        var documented = new HashMap<String, List<String>>();
        Markdown.read("docs/deploy.md")
                .section("Secrets")
                .rows()
                .forEach(row -> documented
                        .computeIfAbsent(Markdown.codes(row.get(0)).getFirst(), any -> new ArrayList<>())
                        .add(Markdown.codes(row.get(1)).getFirst()));

        for (String file : PODS) {
            String secret = manifest(file).found("secretName: ([\\w-]+)").getFirst();
            var named = file.equals("operator.yaml")
                    ? List.of("env")
                    : manifest(file).found(SECRETS + "(\\w+)");
            assertThat(documented.remove(secret)).as(secret).containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(documented).isEmpty();
    }

    @Test
    void thePortsAreThoseOfThePrograms() {
        String api = Settings.API_PORT.defaultText();
        String worker = values("worker.yaml").get(Settings.WORKER_PORT.name());
        String verify = manifest("verify.yaml").found("--port, \"(\\d+)\"").getFirst();
        var ports = Map.of("api.yaml", api, "worker.yaml", worker, "verify.yaml", verify);

        ports.forEach((file, port) -> {
            assertThat(manifest(file).found("containerPort: (\\d+)")).containsExactly(port);
            assertThat(manifest(file).found("prometheus.io/port: \"(\\d+)\"")).containsExactly(port);
        });
        assertThat(manifest("api.yaml").found(", port: (\\d+)")).containsExactly(api);
        assertThat(policy("pedidos-from-prometheus")).contains(api, worker, verify);
        assertThat(policy("pedidos-from-gateway")).contains(api);
        assertThat(policy("pedidos-operator-to-api")).contains(api);
    }

    @Test
    void theProbesAskForPathsThatTheProgramsServe() throws IOException {
        var served = Map.of(
                "api.yaml", Files.readString(Sources.named("ProbeRoutes")),
                "worker.yaml", Files.readString(Sources.named("ProbeServer")),
                "verify.yaml", Files.readString(Sources.named("ProbeServer")));
        served.forEach((file, source) -> assertThat(manifest(file).found("path: (/\\w+)"))
                .as(file)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(source).contains("\"" + path + "\"")));

        for (String file : PROGRAMS) {
            assertThat(manifest(file).found("(?:startup|liveness)Probe:\\s+httpGet: \\{path: (/\\w+)"))
                    .as("a new start does not bring a store back")
                    .containsExactly("/healthz", "/healthz");
            assertThat(manifest(file).found("readinessProbe:\\s+httpGet: \\{path: (/\\w+)"))
                    .containsExactly("/readyz");
        }
    }

    @Test
    void aStopMayTakeLongerThanTheProgramsTake() {
        for (String file : PROGRAMS) {
            var env = new Env(values(file));
            int stop = env.integer(Settings.READY_DELAY_MS) + env.integer(Settings.DRAIN_MS);
            assertThat(manifest(file).found("terminationGracePeriodSeconds: (\\d+)"))
                    .hasSize(1)
                    .allSatisfy(seconds ->
                            assertThat(Integer.parseInt(seconds) * 1000).isGreaterThan(stop));
        }
        assertThat(new Env(values("api.yaml")).integer(Settings.READY_DELAY_MS))
                .as("the Service needs time to send requests elsewhere")
                .isPositive();
    }

    /** A variable of a pod hides the literal of the same name. */
    @Test
    void theDocumentSaysHowToChangeASettingThatTheLiteralsCannotChange() {
        var tasks = Markdown.read("docs/deploy.md")
                .section("Everyday tasks in Kubernetes")
                .rows();
        for (String file : PODS) {
            String deployment = manifest(file).found("metadata:\n  name: (.*)").getFirst();
            var settings = manifest(file).found("\\{name: (PEDIDOS_\\w+), value");
            assertThat(settings)
                    .as(file)
                    .filteredOn(name -> !name.matches(".*_(HOST|PORT|FILE)"))
                    .allSatisfy(setting -> assertThat(tasks)
                            .anySatisfy(task -> assertThat(task)
                                    .satisfiesExactly(
                                            what -> assertThat(what).contains("(`" + setting + "`)"),
                                            how -> assertThat(how)
                                                    .startsWith("Patch it")
                                                    .contains(deployment))));
        }
    }

    @Test
    void imagesUserAndMemoryAreThoseOfTheContainers() throws IOException {
        var images = KUSTOMIZATION.found("name: (pedidos-[\\w-]+), newTag");
        String version = new RepositoryFile("pom.xml")
                .found("<version>([^<]+)</version>")
                .getFirst();

        assertThat(images)
                .allSatisfy(image ->
                        assertThat(DOCKERFILE.text()).contains(" AS " + image.replaceFirst("pedidos-", "") + "\n"));
        assertThat(KUSTOMIZATION.found("newTag: ([\\w.]+)"))
                .hasSameSizeAs(images)
                .containsOnly(version);
        for (String file : PODS) {
            assertThat(images).containsAll(manifest(file).found("image: (.*)"));
        }
        assertThat(EVERY_POD.found("runAsUser: (\\d+)")).isEqualTo(DOCKERFILE.found("--uid (\\d+)"));
        var services = Map.of("api.yaml", "producer-api", "worker.yaml", "worker");
        services.forEach((file, service) -> assertThat(manifest(file).found("memory: (\\d+)Mi"))
                .containsOnly(COMPOSE.found("(?s)\n  " + service + ":\n.*?mem_limit: (\\d+)m")
                        .getFirst()));
    }

    @Test
    void noPodCanDoMoreThanItsWork() {
        assertThat(KUSTOMIZATION.text()).contains("path: every-pod.yaml, target: {kind: (Deployment|Job)}");
        for (String file : PODS) {
            assertThat(manifest(file).found("(?m)^kind: (Deployment|Job)$"))
                    .as(file)
                    .hasSize(1);
            assertThat(manifest(file).found("(?m)^ {8}- name: (.*)\n {10}image:"))
                    .as("the patch finds a container by its name")
                    .isEqualTo(EVERY_POD.found("(?m)^ {8}- name: (.*)\n {10}securityContext:"))
                    .containsExactly("program");
        }
        assertThat(EVERY_POD.text())
                .contains(
                        "runAsNonRoot: true",
                        "readOnlyRootFilesystem: true",
                        "allowPrivilegeEscalation: false",
                        "drop: [ALL]",
                        "type: RuntimeDefault",
                        "enableServiceLinks: false");
        assertThat(manifest("account.yaml").text()).contains("automountServiceAccountToken: false");
    }

    @Test
    void theNetworkIsClosedButForWhatIsNamed() {
        assertThat(policy("pedidos-nothing-else"))
                .contains("policyTypes: [Ingress, Egress]")
                .doesNotContain("egress:", "ingress:", "matchExpressions", "component");
        assertThat(values("api.yaml").get(Settings.ALLOWED_HOSTS.name()))
                .contains(manifest("api.yaml")
                        .found("kind: Service\nmetadata:\n  name: (.*)")
                        .getFirst());
    }

    @Test
    void namesAreLookedUpBeforeAndBehindTheServiceOfTheCluster() {
        assertThat(policy("pedidos-to-database").lines().filter(line -> line.endsWith("53}")))
                .extracting(String::strip)
                .containsExactly(
                        "- {protocol: UDP, port: 53}",
                        "- {protocol: TCP, port: 53}",
                        "- {protocol: UDP, port: 5353}",
                        "- {protocol: TCP, port: 5353}");
    }

    @Test
    void thePatchForOpenShiftRemovesWhatNamesUserAndGroups() {
        var removed = new RepositoryFile("docs/deploy.md")
                .found("op: remove, path: /spec/template/spec/securityContext/(\\w+)");
        assertThat(removed).isEqualTo(EVERY_POD.found("(\\w+): 10001"));
    }

    @Test
    void everyFileIsNamed() throws IOException {
        try (var files = Files.list(Markdown.REPOSITORY.resolve("deploy/kubernetes"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .allSatisfy(name -> assertThat(KUSTOMIZATION.text() + "kustomization.yaml")
                            .contains(name));
        }
    }

    @Test
    void theTablesAreMigratedAsInTheContainers() {
        assertThat(manifest("migrate.yaml").found("command: (.*)"))
                .containsExactly(COMPOSE.found("entrypoint: (.*Migrate\\])").getFirst());
        assertThat(manifest("update").text())
                .containsSubsequence(
                        "trap 'kubectl scale deployment pedidos-verify",
                        "scale deployment pedidos-verify --replicas=0",
                        "delete job pedidos-migrate",
                        "without 'api, worker, verify'",
                        "wait job/pedidos-migrate",
                        "without 'api, verify'",
                        "rollout status deployment/pedidos-worker",
                        "kubectl apply -k",
                        "trap - EXIT");
    }

    /** The settings of a program that are no files. */
    private static Map<String, String> values(String file) {
        var values = new HashMap<String, String>();
        var literal = Pattern.compile("- (PEDIDOS_\\w+)=(.*)").matcher(KUSTOMIZATION.text());
        literal.results().forEach(found -> values.put(found.group(1), found.group(2)));
        var variable = Pattern.compile("name: (\\w+), value: \"?([^\"}]*)")
                .matcher(manifest(file).text());
        variable.results()
                .filter(found -> !found.group(1).endsWith("_FILE"))
                .forEach(found -> values.put(found.group(1), found.group(2)));
        return values;
    }

    private static String policy(String name) {
        return manifest("network.yaml")
                .found("(?s)  name: " + name + "\n(.*?)(?:---|\\z)")
                .getFirst();
    }

    private static RepositoryFile manifest(String file) {
        return new RepositoryFile("deploy/kubernetes/" + file);
    }
}
