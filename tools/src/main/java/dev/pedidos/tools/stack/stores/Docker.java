package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.LogTail;
import dev.pedidos.tools.stack.home.OwnSession;
import dev.pedidos.tools.stack.home.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Docker engine, through its own command: that knows the contexts of Docker Desktop, colima and rootless engines,
 * and nothing else stops the containers. (Testcontainers stops them in a shutdown hook or when its JVM ends, while
 * workers still drain and other processes use them.)
 *
 * @param environment that in which the command runs
 */
record Docker(Path log, Map<String, String> environment) {
    private static final String PROGRAM = "docker";
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration COMMAND = Duration.ofSeconds(60);

    boolean isInstalled() {
        return OwnSession.onPath(PROGRAM, environment).isPresent();
    }

    /**
     * Why no engine can be used, and what to do; empty if one can. One on this machine answers at once; a remote one would
     * publish the ports on its own machine.
     */
    Optional<String> trouble() throws IOException, InterruptedException {
        if (!isInstalled()) {
            return Optional.of("there is no docker on the PATH");
        }
        String host = host();
        if (!host.startsWith("unix://") && !host.startsWith("npipe://")) {
            return Optional.of("its engine is on another machine, " + host);
        }
        long before = LogTail.size(log);
        if (succeeds(ANSWER, "version", "--format", "{{.Server.Version}}")) {
            return Optional.empty();
        }
        return Optional.of(
                LogTail.since(log, before).contains("denied while trying to connect")
                        ? "this user may not use its engine, add it to the group docker; see " + log
                        : "its engine does not answer, start it; see " + log);
    }

    /** By the variable, else by the context that the user has chosen. An old docker has no contexts. */
    private String host() throws InterruptedException {
        String given = environment.getOrDefault("DOCKER_HOST", "");
        if (!given.isEmpty()) {
            return given;
        }
        try {
            return ask(ANSWER, Map.of(), "context", "inspect", "--format", "{{.Endpoints.docker.Host}}");
        } catch (IOException noContexts) {
            return "unix://";
        }
    }

    boolean has(String image) throws InterruptedException {
        return succeeds(ANSWER, "image", "inspect", image);
    }

    boolean hasVolume(String volume) throws InterruptedException {
        return succeeds(ANSWER, "volume", "inspect", volume);
    }

    boolean pull(String image, Duration bound) throws InterruptedException {
        return succeeds(bound, "pull", "-q", image);
    }

    boolean runs(String container) throws InterruptedException {
        try {
            return "true".equals(ask(COMMAND, Map.of(), "container", "inspect", "-f", "{{.State.Running}}", container));
        } catch (IOException none) {
            return false;
        }
    }

    /** The loopback port that leads to a port of the container. */
    int port(String container, int inside) throws IOException, InterruptedException {
        String address = ask(COMMAND, Map.of(), "port", container, inside + "/tcp")
                .lines()
                .findFirst()
                .orElse("");
        return Digits.toInt(address.substring(address.lastIndexOf(':') + 1));
    }

    void remove(String container, Duration bound) throws IOException, InterruptedException {
        ask(COMMAND, Map.of(), "stop", "-t", Long.toString(bound.toSeconds()), container);
        succeeds(ANSWER, "rm", "-f", container);
    }

    /**
     * @param secrets given as variables: everybody can read a command line
     * @param options separated by spaces
     */
    void run(String container, Map<String, String> secrets, String options, String image, String... command)
            throws IOException, InterruptedException {
        // A stopped container of this name, for example after a restart of the machine, is in the way; its volume
        // stays.
        succeeds(ANSWER, "rm", container);
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", container));
        secrets.keySet().forEach(name -> words.addAll(List.of("-e", name)));
        words.addAll(List.of(options.split(" ")));
        words.add(image);
        words.addAll(List.of(command));
        ask(COMMAND, secrets, words.toArray(String[]::new));
    }

    private boolean succeeds(Duration bound, String... words) throws InterruptedException {
        try {
            return ask(bound, Map.of(), words) != null;
        } catch (IOException failed) {
            return false;
        }
    }

    private String ask(Duration bound, Map<String, String> secrets, String... words)
            throws IOException, InterruptedException {
        PrivateFolder.make(log.resolve("..").normalize());
        Path answer = Files.createTempFile("pedidos-docker", ".txt");
        try {
            List<String> command = new ArrayList<>();
            // Java would look for it on the PATH of its own process.
            command.add(
                    OwnSession.onPath(PROGRAM, environment).map(Path::toString).orElse(PROGRAM));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            builder.environment().putAll(secrets);
            Process process = builder.start();
            if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                throw new IOException(
                        RootLocale.format("docker %s did not end within %d s", words[0], bound.toSeconds()));
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        RootLocale.format("docker %s failed; the end of %s:%n  %s", words[0], log, LogTail.of(log)));
            }
            return Files.readString(answer).strip();
        } finally {
            Files.delete(answer);
        }
    }
}
