package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.stores.KillableServers;
import java.io.IOException;
import java.nio.file.Path;

/** A broker and a database of its own for a test that kills them. */
public final class OwnServers {

    private OwnServers() {}

    /** @param name of the test; servers that its last run left are stopped */
    public static KillableServers open(String name) throws IOException, InterruptedException {
        Path home = home(name);
        UnpackedPostgres.linkInto(home);
        return KillableServers.open(home, line -> {});
    }

    /** The folder of the servers with this name. */
    public static Path home(String name) {
        return Path.of("target", "killable-" + name).toAbsolutePath();
    }
}
