package dev.pedidos.tools.stack.stores;

import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.home.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A private PostgreSQL under a folder, with its own port, passwords and data; kept across runs. */
final class LocalPostgres {
    private static final int STARTS = 3;
    private static final int PORT_OFFSET = 5;
    private static final Duration READY = Duration.ofSeconds(30);
    private static final Duration STOPPED = Duration.ofSeconds(20);

    private final ServerFiles files;
    private final Consumer<String> say;
    private final Secrets secrets;

    LocalPostgres(ServerFiles files, Consumer<String> say) throws IOException {
        this.files = files;
        this.say = say;
        this.secrets = new Secrets(files.secrets("postgres"));
    }

    DatabaseUrls open() throws IOException, InterruptedException {
        Optional<ProcessHandle> leftOver = process();
        if (leftOver.isPresent() && answersWithin(READY)) {
            requireDurable();
            return database();
        }
        if (leftOver.isPresent()) {
            say.accept("The database that an earlier run left does not answer; stopping it.");
            stop();
        }
        start();
        try (Connection connection = Address.of(superuserUrl()).connect()) {
            DurabilityCheck.require(connection);
            PostgresRoles.create(connection, secrets);
        } catch (SQLException e) {
            throw new IOException("The private database under " + folder() + " cannot be set up; see " + log(), e);
        }
        return database();
    }

    /** Somebody may have changed its settings since it was started. */
    private void requireDurable() throws IOException {
        try (Connection connection = Address.of(superuserUrl()).connect()) {
            DurabilityCheck.require(connection);
        } catch (SQLException e) {
            throw new IOException("The private database under " + folder() + " cannot be used; see " + log(), e);
        }
    }

    private void start() throws IOException, InterruptedException {
        Files.createDirectories(folder());
        PostgresCluster cluster = new PostgresCluster(PostgresBinaries.unpack(folder()), folder(), log());
        cluster.createUnlessThere(secrets.password("superuser"));
        // The process in this file has ended (otherwise it had been found); its pid may belong to another process now.
        Files.deleteIfExists(data().resolve("postmaster.pid"));
        startOnAFreePort(cluster);
        writePidFile();
        if (!answersWithin(READY)) {
            throw new IOException("The private database does not answer; see " + log());
        }
    }

    private void startOnAFreePort(PostgresCluster cluster) throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            int remembered = secrets.port("port");
            int port = LoopbackPorts.free(
                    remembered > 0 ? remembered : LoopbackPorts.first(files.folder(), PORT_OFFSET), Set.of());
            secrets.put("port", port);
            try {
                cluster.start(port);
                return;
            } catch (IOException e) {
                if (start == STARTS || !LoopbackPorts.answers(port)) {
                    throw e;
                }
            }
        }
    }

    private void writePidFile() throws IOException {
        Files.createDirectories(Home.runFolder(files.folder()));
        Files.writeString(
                pidFile(),
                Files.readString(data().resolve("postmaster.pid"))
                                .lines()
                                .findFirst()
                                .orElse("") + "\n");
    }

    /** SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to disconnect. */
    void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isPresent()) {
            signal("-INT", process.get());
            if (!ended(process.get())) {
                signal("-QUIT", process.get());
                if (!ended(process.get())) {
                    throw PrivateServers.cannotBeStopped("database", process.get());
                }
            }
        }
        Files.deleteIfExists(pidFile());
    }

    /** As {@code pg_ctl stop -m immediate}: waits for no client, and the next start recovers from the log. */
    void stopImmediately() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isPresent()) {
            signal("-QUIT", process.get());
            ended(process.get());
        }
    }

    boolean runs() throws IOException {
        return process().isPresent();
    }

    private void signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
        new Command(List.of("kill", signal, Long.toString(process.pid())), Map.of(), log()).run(STOPPED);
    }

    private static boolean ended(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(STOPPED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private boolean answersWithin(Duration bound) throws IOException, InterruptedException {
        return Waiting.until(bound, Address.of(superuserUrl())::answers);
    }

    DatabaseUrls database() throws IOException {
        return PostgresRoles.urls(secrets, secrets.port("port"), LastDatabase.PRIVATE);
    }

    String superuserUrl() throws IOException {
        return PostgresRoles.superuserUrl(secrets, secrets.port("port"));
    }

    /**
     * From the server's own pid file: two servers on the same data would destroy it, even if our file under run is
     * lost.
     */
    Optional<ProcessHandle> process() throws IOException {
        return new PidFile(data().resolve("postmaster.pid")).process(data().toString());
    }

    private Path data() {
        return folder().resolve("data");
    }

    private Path folder() {
        return files.data("postgres");
    }

    private Path pidFile() {
        return files.pid("postgres");
    }

    private Path log() {
        return files.log("postgres");
    }
}
