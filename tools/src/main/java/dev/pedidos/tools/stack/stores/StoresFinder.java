package dev.pedidos.tools.stack.stores;

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

    /**
     * Opens stores whose files are under a folder ({@code .pedidos}).
     *
     * @param environment {@code AMQP_URI}, {@code DATABASE_URL}, {@code PEDIDOS_DATABASE_ADMIN_URL}, {@code
     * RABBITMQ_MANAGEMENT_URL} and {@code PEDIDOS_DOCKER} are read
     * @param say receives a line about each step that takes time
     */
    public static Stores open(Path folder, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        GivenServers given = new GivenServers(environment);
        Optional<Broker> broker = given.broker();
        Optional<DatabaseUrls> database = given.database();
        if (broker.isPresent() && database.isPresent()) {
            return new Stores(broker.get(), database.get(), Optional.empty(), List.of(), say);
        }
        return FolderServers.open(new ServerFiles(folder), broker, database, environment, say);
    }
}
