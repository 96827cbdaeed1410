package dev.pedidos.tools.stack.home;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Remembers the name of the database that was used last, and no secret. */
public final class LastDatabase {

    private static final Pattern URL =
            Pattern.compile("(?<server>(jdbc:)?\\w+://[^/]*/)(?<database>[^/?]+)(?<parameters>(\\?.*)?)");

    private LastDatabase() {}

    public static void remember(Home home, String databaseUrl) throws IOException {
        Files.writeString(home.lastDatabase(), name(databaseUrl) + "\n");
    }

    public static Optional<String> recall(Home home) throws IOException {
        return Files.exists(home.lastDatabase())
                ? Optional.of(Files.readString(home.lastDatabase()).strip())
                : Optional.empty();
    }

    /** The same server, role and parameters with another database. */
    public static String at(String databaseUrl, String name) {
        var matcher = matched(databaseUrl);
        return matcher.group("server") + name + matcher.group("parameters");
    }

    private static String name(String databaseUrl) {
        return matched(databaseUrl).group("database");
    }

    private static Matcher matched(String databaseUrl) {
        var matcher = URL.matcher(databaseUrl);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not the URL of a database");
        }
        return matcher;
    }
}
