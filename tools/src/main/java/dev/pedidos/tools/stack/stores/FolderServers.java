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

    /** @param remembered false if the database is for one run */
    static Stores open(
            ServerFiles files,
            Optional<Broker> givenBroker,
            Optional<DatabaseUrls> givenDatabase,
            boolean remembered,
            Map<String, String> environment,
            Consumer<String> say)
            throws IOException, InterruptedException {
        try (HomeLock lock = HomeLock.take(files.lock())) {
            ServerChoice choice = new ServerChoice(files, environment, say);
            Servers servers = remembered && givenDatabase.isEmpty() ? choice.forLedger() : choice.forRun();
            return entered(files, servers, leave -> {
                // Closing it waits for both.
                try (Together together = new Together()) {
                    Together.Result<Broker> broker =
                            together.start(() -> givenBroker.isPresent() ? givenBroker.get() : servers.openBroker());
                    Together.Result<DatabaseUrls> database = together.start(
                            () -> givenDatabase.isPresent() ? givenDatabase.get() : servers.openDatabase());
                    return new Stores(broker.get(), database.get(), Optional.empty(), List.of(leave), say);
                }
            });
        }
    }

    /** Opens the server of a ledger that was there before; a new one is not made. */
    static LastServer openLast(
            ServerFiles files, LastDatabase last, Map<String, String> environment, Consumer<String> say)
            throws IOException, InterruptedException {
        try (HomeLock lock = HomeLock.take(files.lock())) {
            Servers servers = new ServerChoice(files, environment, say).of(last);
            return entered(files, servers, leave -> {
                String url = Address.of(servers.openDatabase().url()).with(last.name());
                return new LastServer(url, leave, say);
            });
        }
    }

    private interface Opening<T> {
        T open(Stop leave) throws IOException, InterruptedException;
    }

    private static <T> T entered(ServerFiles files, Servers servers, Opening<T> opening)
            throws IOException, InterruptedException {
        Users users = new Users(files);
        Path me = users.enter();
        try {
            return opening.open(() -> leave(files, users, me));
        } catch (IOException | InterruptedException e) {
            // An interrupt must not cut the stop short.
            Thread.interrupted();
            users.leave(me);
            if (!users.anybody()) {
                servers.stop();
            }
            throw e;
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
