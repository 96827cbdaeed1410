package dev.pedidos.shared.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pedidos.shared.config.Env;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own, on a terminal that {@code script} of util-linux makes. */
class LoggingTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    private Path folder;

    /** Writes the format that was chosen into a file. */
    static final class Chooser {
        public static void main(String[] args) throws IOException {
            Logging.configure(new Env(Map.of()));
            Files.writeString(Path.of(args[0]), System.getProperty("pedidos.log"));
        }
    }

    @Test
    void theFormatIsTextOnlyIfStandardErrorIsATerminal() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "needs script of util-linux");

        assertThat(chosenWith("</dev/null >/dev/null")).isEqualTo("text");
        assertThat(chosenWith("2>/dev/null")).isEqualTo("json");
    }

    private String chosenWith(String redirections) throws IOException, InterruptedException {
        var chosen = folder.resolve("chosen");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = String.join(
                " ",
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "'" + Chooser.class.getName() + "'",
                chosen.toString(),
                redirections);
        var process = new ProcessBuilder(SCRIPT.toString(), "-qec", command, "/dev/null")
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(chosen);
    }
}
