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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** A second server on the same data would destroy it. */
    @Test
    void aServerIsFoundWhateverTheEncodingAndTheLengthOfItsCommandLine() throws Exception {
        String data = folder.resolve("data").toString();
        var server = new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec -a \"$(printf 'a\\347\\343o')\" bash -c 'echo runs; read line' x \"$0\" \"$1\"",
                        "long".repeat(2_000),
                        data)
                .start();
        try {
            assertThat(server.inputReader().readLine()).isEqualTo("runs");
            var pidFile = new PidFile(Files.writeString(folder.resolve("postmaster.pid"), server.pid() + "\n/data\n"));

            assertThat(pidFile.process(data)).isPresent();
            assertThat(pidFile.process(data + "-of-another")).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aLaterProcessWithThisPidIsAStranger() throws Exception {
        file.write(ME);
        Files.writeString(folder.resolve(".pedidos/run/worker-1.birth"), "0.anotherboot\n");

        assertThat(file.process("java")).isEmpty();
    }

    /** The clock is set back or forth while the process lives: the file has the time of before. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void aProcessIsFoundAfterTheClockWasSet(long days) throws Exception {
        file.write(ME);
        Files.setLastModifiedTime(file.path(), FileTime.from(Instant.now().plus(Duration.ofDays(days))));

        assertThat(file.process("java")).map(ProcessHandle::pid).contains(ME);
    }

    @Test
    void thePidIsAloneInItsFile() throws Exception {
        file.write(ME);

        assertThat(Files.readString(file.path())).isEqualTo(ME + "\n");
    }

    @Test
    void afterItIsDeletedNothingIsLeft() throws Exception {
        file.write(ME);
        file.delete();

        assertThat(folder.resolve(".pedidos/run")).isEmptyDirectory();
    }

    /** A version before wrote no more than the pid. */
    @Test
    void withoutABirthThePidAndTheCommandLineCount() throws Exception {
        Files.writeString(file.path(), ME + "\n");

        assertThat(file.process("java")).map(ProcessHandle::pid).contains(ME);
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
