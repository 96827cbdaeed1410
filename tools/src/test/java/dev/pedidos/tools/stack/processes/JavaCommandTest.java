package dev.pedidos.tools.stack.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
    @TempDir
    private Path folder;

    private Path jar;
    private Path cache;

    @BeforeEach
    void build() throws IOException {
        jar = Files.createFile(folder.resolve("worker.jar"));
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
        cache = folder.resolve("worker.aot");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void aProgramStartsWithTheClassesThatItsBuildKept() throws Exception {
        Files.createFile(cache);

        assertThat(JavaCommand.of(jar)).contains("-XX:AOTCache=" + cache).endsWith("-jar", jar.toString());
    }

    @Test
    void withoutACacheOrWithAnOldOneItStartsAllTheSame() throws Exception {
        assertThat(JavaCommand.of(jar)).noneMatch(part -> part.contains("AOTCache"));
        Files.createFile(cache);
        Files.setLastModifiedTime(cache, FileTime.fromMillis(1));
        assertThat(JavaCommand.of(jar)).noneMatch(part -> part.contains("AOTCache"));
    }
}
