package dev.pedidos.tools.stack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLogTest {
    @TempDir
    private Path folder;

    @Test
    void aProgramListensWhenItsOwnLogSaysSo() throws Exception {
        Path path = Files.writeString(folder.resolve("api-1.log"), "{\"message\":\"api started: address=::1:8080\"}\n");
        assertThat(new ProcessLog(path, 0).saysThatItListensOn(8080)).isTrue();
        assertThat(new ProcessLog(path, 0).saysThatItListensOn(808)).isFalse();

        var log = ProcessLog.after(path);
        assertThat(log.saysThatItListensOn(8080))
                .as("its earlier process said so")
                .isFalse();

        Files.writeString(path, "worker waits for its stores: health_port=10001\n", StandardOpenOption.APPEND);
        assertThat(log.saysThatItListensOn(10_001)).isTrue();
        assertThat(log.saysThatItListensOn(1000)).isFalse();
        assertThat(log.saysThatItCannotListen()).isFalse();
    }
}
