package dev.pedidos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C while a command opens a named pipe that nobody writes to: the system does not give the thread back. */
class NamedPipeTest {
    private final StringWriter output = new StringWriter();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send PIPE --url http://127.0.0.1:1",
                "workers --header-file PIPE --url http://127.0.0.1:1",
                "verify --url-file PIPE",
                "archive drop 2020-01 --yes --exported PIPE --url postgresql://u:p@127.0.0.1:1/d",
                "listen 0 --secrets PIPE"
            })
    @Timeout(60)
    void theCommandEnds(String line) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var exitCode = new AtomicInteger(-1);
        var command = Thread.ofPlatform().start(() -> exitCode.set(run(line.replace("PIPE", pipe.toString()))));
        while (command.isAlive() && !somebodyOpensAFile()) {
            Thread.yield();
        }

        command.interrupt();

        boolean ended = command.join(Duration.ofSeconds(10));
        Files.newByteChannel(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)
                .close();
        assertThat(ended).isTrue();
        assertThat(exitCode).hasValue(1);
        assertThat(output.toString()).contains("stopped before the end").doesNotContain("\tat ");
    }

    private static boolean somebodyOpensAFile() {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(stack -> Arrays.stream(stack)
                        .limit(2)
                        .anyMatch(frame -> frame.getMethodName().startsWith("open0")));
    }

    private int run(String line) {
        var writer = new PrintWriter(output, true);
        return Main.commandLine().setErr(writer).setOut(writer).execute(line.split(" "));
    }
}
