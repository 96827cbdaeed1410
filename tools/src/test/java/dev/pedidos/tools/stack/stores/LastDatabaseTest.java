package dev.pedidos.tools.stack.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.stack.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDatabaseTest {
    @TempDir
    private Path folder;

    private Home home;

    @BeforeEach
    void home() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.dotPedidos());
    }

    @Test
    void nameAndServerAreRememberedAndNotThePassword() throws Exception {
        String url = "postgresql://pedidos_app:secret@db.example:5432/pedidos?ssl=true";

        LastDatabase.remember(
                home,
                new Stores(
                        new Broker("amqp://h", Optional.empty()),
                        new DatabaseUrls(url, url, "db.example:5432"),
                        Optional.empty(),
                        List.of(),
                        line -> {}));

        assertThat(home.lastDatabase()).content().doesNotContain("secret");
        assertThat(LastDatabase.recall(home.dotPedidos())).contains(new LastDatabase("pedidos", "db.example:5432"));
    }

    @Test
    void aFileOfAnOlderVersionHasTheNameAlone() throws Exception {
        Files.writeString(home.lastDatabase(), "pedidos\n");

        assertThat(LastDatabase.recall(home.dotPedidos())).contains(new LastDatabase("pedidos", ""));
    }

    @Test
    void withoutAFileThereIsNone() throws Exception {
        assertThat(LastDatabase.recall(home.dotPedidos())).isEmpty();
    }
}
