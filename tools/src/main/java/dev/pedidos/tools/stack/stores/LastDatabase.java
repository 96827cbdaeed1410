package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The database that was used last. A file remembers it, without a secret.
 *
 * @param server {@link #DOCKER}, {@link #PRIVATE}, or the addresses of one that the environment named; empty in a file of an older
 *     version
 */
public record LastDatabase(String name, String server) {
    static final String DOCKER = "docker";
    static final String PRIVATE = "private";

    public static void remember(Home home, Stores stores) throws IOException {
        String name = Address.of(stores.databaseUrl()).path();
        new LastDatabase(name, stores.databaseServer()).write(home.dotPedidos());
    }

    /** @param folder such as {@code .pedidos} */
    void write(Path folder) throws IOException {
        PrivateFile.write(Home.lastDatabase(folder), name + "\n" + server + "\n");
    }

    /** @param folder such as {@code .pedidos} */
    public static Optional<LastDatabase> recall(Path folder) throws IOException {
        Path file = Home.lastDatabase(folder);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new LastDatabase(lines.getFirst(), lines.size() > 1 ? lines.get(1) : ""));
    }

    boolean isOf(String kind) {
        return server.equals(kind);
    }

    /** True if the environment named it: its server is none of ours. */
    boolean isGiven() {
        return !server.isEmpty() && !isOf(DOCKER) && !isOf(PRIVATE);
    }
}
