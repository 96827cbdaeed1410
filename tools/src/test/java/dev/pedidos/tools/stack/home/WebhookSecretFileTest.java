package dev.pedidos.tools.stack.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSecretFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aSecretIsMadeOnceAndIsItsOwnersAlone() throws IOException {
        var home = new Home(folder, folder.resolve(".pedidos"));
        Path made = WebhookSecretFile.make(home);
        String secret = Files.readString(made);

        assertThat(secret).startsWith("whsec_");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(WebhookSecretFile.make(home))).isEqualTo(secret);
    }

    @Test
    void anEmptyFileOfAFullDiskIsReplaced() throws IOException {
        var home = new Home(folder, folder.resolve(".pedidos"));
        Files.createDirectories(home.dotPedidos());
        Files.createFile(WebhookSecretFile.of(home));

        assertThat(Files.readString(WebhookSecretFile.make(home))).startsWith("whsec_");
    }
}
