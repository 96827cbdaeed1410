package dev.pedidos.tools.stack.stores;

import java.util.List;
import java.util.stream.Stream;

/** The settings of a private PostgreSQL, wherever it runs. */
final class PostgresSettings {
    private static final List<String> SETTINGS = List.of(
            "max_connections=200",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "client_connection_check_interval=5s");

    private PostgresSettings() {}

    /** For a configuration file. */
    static String lines() {
        return String.join("\n", SETTINGS) + "\n";
    }

    /** For the server's command line. */
    static String[] options() {
        return SETTINGS.stream().flatMap(setting -> Stream.of("-c", setting)).toArray(String[]::new);
    }
}
