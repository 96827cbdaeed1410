package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.stack.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDatabaseTest {
    @TempDir
    private Path folder;

    @Test
    void theNameIsRememberedAndNotThePassword() throws Exception {
        var home = new Home(folder);
        Files.createDirectories(home.dotPedidos());

        LastDatabase.remember(home, "postgresql://pedidos_app:secret@127.0.0.1:5432/pedidos?ssl=true");

        assertThat(home.lastDatabase()).content().doesNotContain("secret");
        assertThat(LastDatabase.recall(home)).contains("pedidos");
    }

    @Test
    void roleServerAndParametersStay() {
        assertThat(LastDatabase.at("postgresql://pedidos_app:x@127.0.0.1:5432/pedidos?a=b", "demo_1"))
                .isEqualTo("postgresql://pedidos_app:x@127.0.0.1:5432/demo_1?a=b");
        assertThat(LastDatabase.at("jdbc:postgresql://h/pedidos", "demo_1")).isEqualTo("postgresql://h/demo_1");
    }
}
