package dev.pedidos.e2e.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pedidos.e2e.system.Bash;
import dev.pedidos.e2e.system.PedidosCommand.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code pedidos}, in a checkout under a folder with an accent and a space, in an ASCII locale. */
class ScriptTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private Path checkout;

    @BeforeEach
    void copy() throws IOException {
        checkout = Files.createDirectories(folder.resolve("Meus Documentos").resolve("ação"));
        Files.copy(REPOSITORY.resolve("pedidos"), checkout.resolve("pedidos"));
        // Without sources, so that the built jars never count as old.
        for (String part : List.of("producer-api", "worker", "tools")) {
            Path module = Files.createDirectories(checkout.resolve(part));
            Files.createSymbolicLink(
                    module.resolve("target"), REPOSITORY.resolve(part).resolve("target"));
        }
    }

    @Test
    void underAsciiItStartsAndReadsFilesWithAccents() throws Exception {
        Files.writeString(checkout.resolve("maçã.ndjson"), "{\"recebedor_id\":\"r\"}\n");

        assertThat(run("bash ./pedidos status").output()).contains("nothing runs here");
        var sent = run("bash ./pedidos send maçã.ndjson --url http://127.0.0.1:1 --give-up-after 0");
        assertThat(sent.exitCode()).as(sent.output()).isEqualTo(1);
        assertThat(sent.output())
                .contains("not sent (no connection)", "connection refused", "maçã.ndjson.not-accepted")
                .doesNotContain("\tat ", "answered per second");
        assertThat(checkout.resolve("maçã.ndjson.not-accepted")).exists();
        assertThat(checkout.resolve(".pedidos")).doesNotExist();
    }

    /** A program stands for a locale that is not on every machine. */
    @Test
    void anEncodingOtherThanUtf8IsNotKept() throws Exception {
        Files.writeString(checkout.resolve("maçã.ndjson"), "{\"recebedor_id\":\"r\"}\n");
        Path locale = Files.createDirectories(checkout.resolve("bin")).resolve("locale");
        Files.writeString(locale, """
                #!/bin/sh
                [ "$1" = charmap ] && echo ISO-8859-1 || echo C.UTF-8
                """);
        assertThat(locale.toFile().setExecutable(true)).isTrue();

        assertThat(
                        run("PATH=\"$PWD/bin:$PATH\" bash ./pedidos send maçã.ndjson --url http://127.0.0.1:1 --give-up-after 0")
                                .output())
                .contains("connection refused");
    }

    @Test
    void helpKnowsTheCommandOfTheScriptToo() throws Exception {
        var help = run("bash ./pedidos help test");

        assertThat(help.exitCode()).as(help.output()).isZero();
        assertThat(help.output()).contains("Usage: pedidos test");
    }

    /** The JVM gives its own library the number of an input that is closed: a command would send those bytes. */
    @Test
    void aClosedInputIsAnEmptyOne() throws Exception {
        var ended = run("bash ./pedidos send - --url http://127.0.0.1:1 --give-up-after 0 <&-");

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).contains("holds no pedido: nothing was sent");
    }

    /** {@code definitions > file}: another program imports that file. */
    @Test
    void outputThatCannotBeWrittenIsAFailure() throws Exception {
        var ended = run("bash ./pedidos definitions > /dev/full");

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).contains("not all output could be written");
    }

    @Test
    void aCommandThatAScriptStartedInTheBackgroundObeysSigint() throws Exception {
        var ended = run("mkfifo open; exec 3<>open; bash ./pedidos send - --url http://127.0.0.1:1 <&3 2>err &"
                + " up=$!; while ! [ -s err ]; do echo '{}' >&3 2>/dev/null || sleep 0.1; sleep 0.1; done;"
                + " kill -INT $up; wait $up");

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
    }

    @Test
    void aPortThatIsTakenAndOneThatThisUserMayNotHaveAreToldApart() throws Exception {
        Files.writeString(checkout.resolve("secrets"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("bash ./pedidos listen " + taken.getLocalPort() + " --secrets secrets")
                            .output())
                    .contains("cannot listen on port " + taken.getLocalPort() + ": Address already in use");
        }

        var ended = run("[ $(id -u) != 0 ] || no_low_ports='setpriv --bounding-set -net_bind_service';"
                + " [ $(cat /proc/sys/net/ipv4/ip_unprivileged_port_start) -gt 80 ] || exit 77;"
                + " exec $no_low_ports bash ./pedidos listen 80 --secrets secrets");
        assumeThat(ended.exitCode()).as("every user may have port 80 here").isNotEqualTo(77);
        assertThat(ended.output()).contains("cannot listen on port 80: Permission denied");
    }

    /** The rest of an `up` with Docker that was killed. A script stands for the engine, which is not on every machine. */
    @Test
    void statusNamesContainersThatAreLeft() throws Exception {
        Path secrets = Files.createDirectories(checkout.resolve(".pedidos/docker"));
        Files.writeString(secrets.resolve("secrets.properties"), "home=0123456789abcdef\n");
        Path engine = Files.createDirectories(checkout.resolve("bin")).resolve("docker");
        Files.writeString(engine, """
                #!/bin/sh
                case "$1 $2 $5" in
                    version*) echo 27.0 ;;
                    "container inspect pedidos-01234567-postgres") echo true ;;
                    *) exit 1 ;;
                esac
                """);
        assertThat(engine.toFile().setExecutable(true)).isTrue();

        assertThat(run("PATH=\"$PWD/bin:$PATH\" bash ./pedidos status").output())
                .contains("postgres   container pedidos-01234567-postgres")
                .doesNotContain("rabbitmq", "nothing runs here");
    }

    private Ended run(String script) throws IOException, InterruptedException {
        return new Bash(checkout, Map.of()).run(script);
    }
}
