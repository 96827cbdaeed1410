package dev.pedidos.tools.stack.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    private static final long ME = ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    private PidFile file;

    @BeforeEach
    void name() throws Exception {
        file = PidFile.of(new Home(folder), "worker-1");
    }

    @Test
    void aLivingProcessWithTheRightCommandLineIsFound() throws Exception {
        file.write(ME);

        assertThat(file.process("java")).map(ProcessHandle::pid).contains(ME);
    }

    @Test
    void aProcessOfAnotherCommandLineIsAStranger() throws Exception {
        file.write(ME);

        assertThat(file.process("no-such-program.jar")).isEmpty();
    }

    @Test
    void aProcessThatStartedAfterTheFileWasWrittenIsAStranger() throws Exception {
        file.write(ME);
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        Files.setLastModifiedTime(file.path(), FileTime.from(longAgo));

        assertThat(file.process("java")).isEmpty();
    }

    @Test
    void anEmptyOrMissingFileNamesNobody() throws Exception {
        assertThat(file.process("java")).isEmpty();

        Files.writeString(file.path(), "");
        assertThat(file.process("java")).isEmpty();
    }

    @Test
    void filesAreListedByName() throws Exception {
        file.write(ME);
        PidFile.of(new Home(folder), "api-1").write(ME);

        assertThat(PidFile.all(new Home(folder))).extracting(PidFile::name).containsExactly("api-1", "worker-1");
    }
}
