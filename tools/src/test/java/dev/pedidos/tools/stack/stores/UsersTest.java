package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.stack.home.Birth;
import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.PidFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private static final ProcessHandle ME = ProcessHandle.current();

    @TempDir
    private Path home;

    private Users users;

    @BeforeEach
    void folder() throws Exception {
        users = new Users(new ServerFiles(home));
        Files.createDirectories(users.folder());
    }

    @Test
    void whoEnteredIsThereUntilItLeaves() throws Exception {
        Path me = users.enter();
        assertThat(users.anybody()).isTrue();

        users.leave(me);
        assertThat(users.anybody()).isFalse();
    }

    /** A time that the JDK tells as that of the start moves when the clock is set. */
    @Test
    void aUserIsKnownByItsBirthAndNotByATime() throws Exception {
        Path me = users.enter();

        assertThat(me.getFileName().toString()).startsWith(ME.pid() + "-" + Birth.of(ME) + "-");
    }

    @Test
    void aProgramThatAKilledCommandLeftStillUsesTheServers() throws Exception {
        var program = new ProcessBuilder("sh", "-c", "echo runs; read line", "worker.jar").start();
        assertThat(program.inputReader().readLine()).isEqualTo("runs");
        PidFile.of(new Home(home, home), "worker-1").write(program.pid());
        assertThat(users.anybody()).isTrue();

        program.destroyForcibly().waitFor();
        assertThat(users.anybody()).isFalse();
    }

    @Test
    void aLaterProcessWithThePidOfAUserIsNone() throws Exception {
        Path killed = Files.createFile(users.folder().resolve(ME.pid() + "-0.anotherboot-abcd"));

        assertThat(users.anybody()).isFalse();
        assertThat(killed).doesNotExist();
    }
}
