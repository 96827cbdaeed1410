package dev.pedidos.tools.stack.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunEnvTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        var variables = Map.of("AMQP_URI", "amqp://u:p@h/v", "DATABASE_URL", "postgresql://u:it's%20$a@h/d");

        RunEnv.write(new Home(folder), variables);

        assertThat(RunEnv.read(new Home(folder))).isEqualTo(variables);
    }

    @Test
    void aShellReadsTheSame() throws Exception {
        RunEnv.write(new Home(folder), Map.of("DATABASE_URL", "it's $HOME `x`"));

        var shell = new ProcessBuilder("sh", "-c", ". .pedidos/run/env && printf %s \"$DATABASE_URL\"")
                .directory(folder.toFile())
                .start();

        assertThat(shell.inputReader().readLine()).isEqualTo("it's $HOME `x`");
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        RunEnv.write(new Home(folder), Map.of("AMQP_URI", "amqp://u:p@h/v"));

        assertThat(Files.getPosixFilePermissions(folder.resolve(".pedidos/run/env")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void whereNothingRunsItIsEmpty() throws Exception {
        assertThat(RunEnv.read(new Home(folder))).isEmpty();
    }
}
