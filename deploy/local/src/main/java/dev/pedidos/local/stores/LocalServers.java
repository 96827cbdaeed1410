package dev.pedidos.local.stores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The private broker and database under a home folder. */
public final class LocalServers {
    private LocalServers() {}

    static Stores open(HomeFiles files, Optional<Broker> broker, Optional<Database> database, Consumer<String> say)
            throws IOException, InterruptedException {
        Users users = Users.of(files);
        try (HomeLock lock = HomeLock.take(files)) {
            Servers servers = new PrivateServers(files, say);
            Path me = users.enter();
            try (Together together = new Together()) {
                Together.Result<Broker> opening =
                        together.start(() -> broker.isPresent() ? broker.get() : servers.openBroker());
                Together.Result<Database> other =
                        together.start(() -> database.isPresent() ? database.get() : servers.openDatabase());
                return new FoundStores(opening.get(), other.get(), () -> leave(files, users, me), say);
            } catch (IOException e) {
                users.leave(me);
                if (!users.anybody()) {
                    stopAll(files);
                }
                throw e;
            }
        }
    }

    private static void leave(HomeFiles files, Users users, Path me) throws IOException, InterruptedException {
        try (HomeLock lock = HomeLock.take(files)) {
            users.leave(me);
            if (!users.anybody()) {
                stopAll(files);
            }
        }
    }

    /**
     * Stops what a killed process left running under this home, and what another one still works with.
     *
     * @return true if there was something
     */
    public static boolean stopLeftOver(Path home) throws IOException, InterruptedException {
        HomeFiles files = new HomeFiles(home);
        if (!Files.isDirectory(files.home())) {
            return false;
        }
        try (HomeLock lock = HomeLock.take(files)) {
            return stopAll(files);
        }
    }

    private static boolean stopAll(HomeFiles files) throws IOException, InterruptedException {
        LocalRabbit rabbit = new LocalRabbit(files, line -> {});
        LocalPostgres postgres = new LocalPostgres(files, line -> {});
        boolean something = rabbit.runs() || postgres.runs();
        try (Together together = new Together()) {
            Together.Result<Boolean> one = together.start(() -> {
                rabbit.stop();
                return true;
            });
            postgres.stop();
            one.get();
        }
        return something;
    }
}
