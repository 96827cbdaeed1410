package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds a broker and a database: those of the environment, otherwise in Docker, otherwise started on this machine. */
public final class StoresFinder {
    private StoresFinder() {}

    /** As {@link #open(Path, Map, Consumer)} with this process's environment. */
    public static Stores open(Path folder, Consumer<String> say) throws IOException, InterruptedException {
        return open(folder, System.getenv(), say);
    }

    /** As {@link #open(Path, Consumer)}, for a run whose database is not remembered: it may have any server. */
    public static Stores openForRun(Path folder, Consumer<String> say) throws IOException, InterruptedException {
        return openForRun(folder, System.getenv(), say);
    }

    static Stores openForRun(Path folder, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        return open(folder, environment, false, say);
    }

    /**
     * Opens stores whose files are under a folder ({@code .pedidos}).
     *
     * @param environment {@code AMQP_URI}, {@code DATABASE_URL}, {@code PEDIDOS_DATABASE_ADMIN_URL}, {@code
     * RABBITMQ_MANAGEMENT_URL} and {@code PEDIDOS_DOCKER} are read
     * @param say receives a line about each step that takes time
     */
    public static Stores open(Path folder, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        return open(folder, environment, true, say);
    }

    private static Stores open(Path folder, Map<String, String> environment, boolean remembered, Consumer<String> say)
            throws IOException, InterruptedException {
        GivenServers given = new GivenServers(environment);
        Optional<Broker> broker = given.broker();
        Optional<DatabaseUrls> database = given.database();
        if (broker.isPresent() && database.isPresent()) {
            return new Stores(broker.get(), database.get(), Optional.empty(), List.of(), say);
        }
        return FolderServers.open(new ServerFiles(folder), broker, database, remembered, environment, say);
    }

    /** Opens the server that has the last ledger of a folder, and no other. */
    public static LastServer openLast(Path folder, LastDatabase last, Consumer<String> say)
            throws IOException, InterruptedException {
        return openLast(folder, last, System.getenv(), say);
    }

    static LastServer openLast(Path folder, LastDatabase last, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        if (!last.isGiven()) {
            return FolderServers.openLast(new ServerFiles(folder), last, environment, say);
        }
        Optional<DatabaseUrls> given = new GivenServers(environment)
                .database()
                .filter(database -> database.server().equals(last.server()));
        if (given.isEmpty()) {
            throw new IOException(RootLocale.format(
                    "The last ledger is the database %s at %s: give its address with --url",
                    last.name(), last.server()));
        }
        return new LastServer(Address.of(given.get().url()).with(last.name()), Stop.NOTHING, say);
    }
}
