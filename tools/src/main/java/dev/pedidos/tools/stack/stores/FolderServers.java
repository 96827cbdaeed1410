package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.HomeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The servers of a folder: the first process that needs them starts them, the last one stops them. */
public final class FolderServers {
    private FolderServers() {}

    static Stores open(
            ServerFiles files,
            Optional<Broker> givenBroker,
            Optional<DatabaseUrls> givenDatabase,
            Map<String, String> environment,
            Consumer<String> say)
            throws IOException, InterruptedException {
        try (HomeLock lock = HomeLock.take(files.lock())) {
            Users users = new Users(files);
            Path me = users.enter();
            Servers servers = ServerChoice.make(files, environment, say);
            try (Together together = new Together()) {
                Together.Result<Broker> broker =
                        together.start(() -> givenBroker.isPresent() ? givenBroker.get() : servers.openBroker());
                Together.Result<DatabaseUrls> database =
                        together.start(() -> givenDatabase.isPresent() ? givenDatabase.get() : servers.openDatabase());
                return new Stores(
                        broker.get(), database.get(), Optional.empty(), List.of(() -> leave(files, users, me)), say);
            } catch (IOException | InterruptedException e) {
                // Closing `together` has waited for both; an interrupt must not cut the stop short.
                Thread.interrupted();
                users.leave(me);
                if (!users.anybody()) {
                    servers.stop();
                }
                throw e;
            }
        }
    }

    private static void leave(ServerFiles files, Users users, Path me) throws IOException, InterruptedException {
        try (HomeLock lock = HomeLock.take(files.lock())) {
            users.leave(me);
            if (!users.anybody()) {
                stopAll(files);
            }
        }
    }

    /** Names, by server, of the running containers of this folder. */
    public static Map<String, String> containers(Path folder) throws IOException, InterruptedException {
        ServerFiles files = new ServerFiles(folder);
        return DockerServers.wereUsed(files) ? new DockerServers(files).running() : Map.of();
    }

    /** Pids, by name, of the living servers that were started on this machine for this folder; containers have none here. */
    public static Map<String, Long> living(Path folder) throws IOException {
        return new PrivateServers(new ServerFiles(folder), line -> {}).living();
    }

    /**
     * Stops servers that a killed process left running under this folder, even if another process still uses them.
     *
     * @return true if there were any
     */
    public static boolean stopLeftOver(Path folder) throws IOException, InterruptedException {
        ServerFiles files = new ServerFiles(folder);
        if (!Files.isDirectory(files.folder())) {
            return false;
        }
        try (HomeLock lock = HomeLock.take(files.lock())) {
            return stopAll(files);
        }
    }

    private static boolean stopAll(ServerFiles files) throws IOException, InterruptedException {
        boolean something = new PrivateServers(files, line -> {}).stop();
        return (DockerServers.wereUsed(files) && new DockerServers(files).stop()) || something;
    }
}
