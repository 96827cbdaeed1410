package dev.pedidos.local.commands;

import dev.pedidos.local.processes.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;

/** Remembers the name of the database that was used last, and nothing that is secret. */
final class LastDatabase {

    private LastDatabase() {}

    static void remember(Home home, String databaseUrl) throws IOException {
        Files.writeString(home.lastDatabase(), name(databaseUrl) + "\n");
    }

    static Optional<String> recall(Home home) throws IOException {
        return Files.exists(home.lastDatabase())
                ? Optional.of(Files.readString(home.lastDatabase()).strip())
                : Optional.empty();
    }

    /** The same server and role, another database. */
    static String at(String databaseUrl, String name) {
        return databaseUrl.replace("/" + name(databaseUrl), "/" + name);
    }

    private static String name(String databaseUrl) {
        String plain = databaseUrl.startsWith("jdbc:") ? databaseUrl.substring("jdbc:".length()) : databaseUrl;
        return URI.create(plain).getRawPath().substring(1);
    }
}
