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

        var verdict = LogLaw.check(folder, List.of("hunter2"), List.of());

        assertThat(verdict.violations()).isEqualTo(1);
        assertThat(verdict.examples()).containsExactly("api-1.log line 2");
        assertThat(LogLaw.check(folder, List.of("hunter3"), List.of()).holds()).isTrue();
    }

    @Test
    void contentsInACrashReportOfTheBrokerAreCountedAndElsewhereViolations() throws Exception {
        Files.writeString(folder.resolve("rabbitmq.log"), """
                [error] <0.1.0> content-7 without a crash
                [error] <0.2.0> ** Generic server <0.2.0> terminating
                [error] <0.2.0> ** Last message in was content-7
                [error] <0.2.0> hunter2
                [error] <0.3.0> content-7 of another process
                """);
        Files.writeString(
                folder.resolve("api-1.log"), "[error] <0.2.0> ** Generic server\n[error] <0.2.0> content-7\n");

        var verdict = LogLaw.check(folder, List.of("hunter2"), List.of("content-7"));

        assertThat(verdict.examples())
                .containsExactly(
                        "api-1.log line 2", "rabbitmq.log line 1", "rabbitmq.log line 4", "rabbitmq.log line 5");
        assertThat(verdict.counted()).contains("1 lines of the broker's crash reports");
    }
}
