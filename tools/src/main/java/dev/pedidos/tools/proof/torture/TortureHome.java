package dev.pedidos.tools.proof.torture;

import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.stores.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of a run: the servers' data, the programs' logs, the clients' history. */
record TortureHome(Home home) {
    /**
     * Faults read from these statistics what a program held when it was killed; by default they are up to five seconds
     * old.
     */
    private static final String FRESH_STATISTICS =
            "[{rabbit, [{collect_statistics_interval, 500}, {quorum_tick_interval, 500}]}].\n";

    Path folder() {
        return home.dotPedidos();
    }

    Path history() {
        return folder().resolve("history.ndjson");
    }

    /** Deletes the files of an earlier run, except for the unpacked programs of the database server. */
    void clear() throws IOException {
        for (String part :
                List.of("rabbitmq", "postgres/data", "postgres/secrets.properties", "log", "history.ndjson")) {
            FileTree.delete(folder().resolve(part));
        }
        Files.createDirectories(folder().resolve("rabbitmq"));
        Files.writeString(folder().resolve("rabbitmq/advanced.config"), FRESH_STATISTICS);
    }
}
