package dev.pedidos.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Bash;
import dev.pedidos.e2e.system.PedidosCommand.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code deploy/kubernetes/pedidos}. A script stands for kubectl, which needs a cluster. */
class KubernetesCommandTest {
    private static final Path SCRIPT = Markdown.REPOSITORY.resolve("deploy/kubernetes/pedidos");

    @TempDir
    private Path folder;

    @BeforeEach
    void kubectl() throws IOException {
        Path kubectl = folder.resolve("kubectl");
        Files.writeString(kubectl, """
                #!/bin/bash
                echo "$*" >>calls
                case $1 in
                    get) echo '{"spec":{"containers":[{"name":"program"}],"restartPolicy":"Always"}}' ;;
                    wait) exit "${WAITED:-0}" ;;
                    exec) cat; exit 7 ;;
                    *) echo "pod changed" ;;
                esac
                """);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void theCommandBeginsInAPodThatIsReadyAndThePodIsDeleted() throws Exception {
        var ended = run("echo yes | bash \"$SCRIPT\" dlq redrive --motivo 'a b'");

        assertThat(ended.exitCode()).as("that of the command").isEqualTo(7);
        assertThat(ended.output()).as("that of the command alone").isEqualTo("yes\n");
        assertThat(calls())
                .satisfiesExactly(
                        get -> assertThat(get).startsWith("get deployment pedidos-operator"),
                        run -> assertThat(run)
                                .startsWith("run pedidos-command-")
                                .contains("\"name\":\"pedidos-command-", "\"restartPolicy\":\"Never\"")
                                .endsWith("--command -- sleep 86400"),
                        wait -> assertThat(wait)
                                .startsWith("wait pod/pedidos-command-")
                                .contains("--for=condition=Ready"),
                        exec -> assertThat(exec)
                                .startsWith("exec pedidos-command-")
                                .contains("--stdin --quiet -- java ")
                                .endsWith("OperatorMain dlq redrive --motivo a b"),
                        delete -> assertThat(delete).startsWith("delete pod pedidos-command-"));
    }

    @Test
    void aPodThatDoesNotBecomeReadyIsShownAndDeleted() throws Exception {
        var ended = run("WAITED=1 bash \"$SCRIPT\" workers");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(calls())
                .extracting(call -> call.split(" ")[0])
                .containsExactly("get", "run", "wait", "get", "delete");
    }

    @Test
    void theCommandIsThatOfTheImage() {
        String image = new RepositoryFile("deploy/compose/Dockerfile")
                .found("(?s) AS tools\n.*?ENTRYPOINT \\[(.*?)\\]")
                .getFirst()
                .replace("\", \"", " ")
                .replace("\"", "");

        assertThat(new RepositoryFile("deploy/kubernetes/pedidos").text().replace("'", ""))
                .contains("    " + image + " \"$@\"\n");
    }

    private Ended run(String script) throws IOException, InterruptedException {
        return new Bash(folder, Map.of("SCRIPT", SCRIPT.toString())).run("PATH=\"$PWD:$PATH\"; " + script);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }
}
