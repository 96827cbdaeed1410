package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Remembers the name of the database that was used last, and no secret. */
public final class LastDatabase {

    private LastDatabase() {}

    public static void remember(Home home, String databaseUrl) throws IOException {
        Files.writeString(home.lastDatabase(), Address.of(databaseUrl).path() + "\n");
    }

    public static Optional<String> recall(Home home) throws IOException {
        return Files.exists(home.lastDatabase())
                ? Optional.of(Files.readString(home.lastDatabase()).strip())
                : Optional.empty();
    }

    /** The same server, role and parameters with another database. */
    public static String at(String databaseUrl, String name) {
        return Address.of(databaseUrl).with(name);
    }
}
