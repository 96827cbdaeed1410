package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The data folder of a PostgreSQL server: created by initdb, configured, started. */
record PostgresCluster(Path programs, Path folder, Path log) {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final List<String> INITDB =
            List.of("-U postgres -A scram-sha-256 -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
                    .split(" "));
    private static final String SETTINGS = "pedidos.conf";

    /** Passwords here are 128 random bits. Hashing them 4,096 times at each login would protect nothing. */
    private static final String PASSWORDS = "scram_iterations=1";

    Path data() {
        return folder.resolve("data");
    }

    /** Created beside its place and moved there, so that a killed initdb leaves nothing that looks complete. */
    void createUnlessThere(String password) throws IOException, InterruptedException {
        if (Files.exists(data())) {
            refuseOtherVersion();
            return;
        }
        Path unfinished = folder.resolve("making");
        FileTree.delete(unfinished);
        Path made = unfinished.resolve("data");
        Path passwordFile = unfinished.resolve("password");
        PrivateFile.write(passwordFile, password);
        List<String> arguments = new ArrayList<>(INITDB);
        arguments.addAll(List.of("-D", made.toString(), "--pwfile=" + passwordFile, "--set", PASSWORDS));
        run(unfinished, "initdb", arguments);
        Files.writeString(
                made.resolve("postgresql.conf"), "\ninclude = '" + SETTINGS + "'\n", StandardOpenOption.APPEND);
        Files.move(made, data(), StandardCopyOption.ATOMIC_MOVE);
        FileTree.delete(unfinished);
    }

    private void refuseOtherVersion() throws IOException {
        String written = Files.readString(data().resolve("PG_VERSION")).strip();
        String here = version();
        if (!here.equals(written)) {
            throw new IOException(RootLocale.format(
                    "%s was written by PostgreSQL %s and cannot be read by the %s of this package. Move it elsewhere to start empty.",
                    data(), written, here));
        }
    }

    private String version() throws IOException {
        // The catalogue file begins with "# PostgreSQL 18".
        String first = Files.readString(programs.resolve("share/postgresql/postgres.bki"))
                .lines()
                .findFirst()
                .orElse("");
        return first.replaceFirst(".*\\s", "");
    }

    void start(int port) throws IOException, InterruptedException {
        Files.writeString(data().resolve(SETTINGS), RootLocale.format("""
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                timezone = 'UTC'
                log_timezone = 'UTC'
                """, port) + PostgresSettings.lines());
        run(data(), "pg_ctl", List.of("start", "-w", "-D", data().toString()));
    }

    private void run(Path where, String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Unprivileged.words(where, log));
        words.add(programs.resolve("bin").resolve(program).toString());
        words.addAll(arguments);
        new Command(words, Map.of("LC_ALL", "C"), log).run(BOUND);
    }
}
