package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLawTest {
    @TempDir
    private Path folder;

    @Test
    void aSecretInALogIsFoundAndNotRepeated() throws Exception {
        Files.writeString(folder.resolve("api-1.log"), "started\nusing hunter2\n");
        Files.writeString(folder.resolve("worker-1.log"), "started\n");

        var verdict = LogLaw.check(folder, List.of("hunter2"));

        assertThat(verdict.violations()).isEqualTo(1);
        assertThat(verdict.examples()).containsExactly("api-1.log line 2");
        assertThat(LogLaw.check(folder, List.of("hunter3")).holds()).isTrue();
    }
}
