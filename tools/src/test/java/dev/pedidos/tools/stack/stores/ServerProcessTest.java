package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    @TempDir
    private Path folder;

    /** A second server on the same data would destroy it. */
    @Test
    void aServerIsFoundWhateverTheEncodingOfItsCommandLine() throws Exception {
        String data = folder.resolve("data").toString();
        var server = new ProcessBuilder(
                        "bash",
                        "-c",
                        "exec -a \"$(printf 'a\\347\\343o')\" bash -c 'echo runs; read line' x \"$0\"",
                        data)
                .start();
        try {
            assertThat(server.inputReader().readLine()).isEqualTo("runs");
            Path pidFile = Files.writeString(folder.resolve("postmaster.pid"), server.pid() + "\n");

            assertThat(ServerProcess.find(pidFile, data)).isPresent();
            assertThat(ServerProcess.find(pidFile, data + "-of-another")).isEmpty();
        } finally {
            server.destroyForcibly();
        }
    }
}
