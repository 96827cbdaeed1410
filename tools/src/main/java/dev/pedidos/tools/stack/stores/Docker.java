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
import java.util.concurrent.TimeUnit;

/**
 * The Docker engine, through its own command: that knows the contexts of Docker Desktop, colima and rootless engines,
 * and nothing else stops the containers. (Testcontainers stops them in a shutdown hook or when its JVM ends, while
 * workers still drain and other processes use them.)
 */
record Docker(Path log) {
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration COMMAND = Duration.ofSeconds(60);

    /** An engine on this machine answers at once; a remote one would publish the ports on its own machine. */
    boolean answers(Map<String, String> environment) throws InterruptedException {
        String host = environment.getOrDefault("DOCKER_HOST", "unix://");
        return OwnSession.onPath("docker").isPresent()
                && (host.startsWith("unix://") || host.startsWith("npipe://"))
                && succeeds(ANSWER, "version", "--format", "{{.Server.Version}}");
    }

    boolean has(String image) throws InterruptedException {
        return succeeds(ANSWER, "image", "inspect", image);
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
     * @param environment for secrets: everybody can read a command line
     * @param options separated by spaces
     */
    void run(String container, Map<String, String> environment, String options, String image, String... command)
            throws IOException, InterruptedException {
        // A stopped container of this name, for example after a restart of the machine, is in the way; its volume
        // stays.
        succeeds(ANSWER, "rm", container);
        List<String> words = new ArrayList<>(List.of("run", "-d", "--name", container));
        environment.keySet().forEach(name -> words.addAll(List.of("-e", name)));
        words.addAll(List.of(options.split(" ")));
        words.add(image);
        words.addAll(List.of(command));
        ask(COMMAND, environment, words.toArray(String[]::new));
    }

    private boolean succeeds(Duration bound, String... words) throws InterruptedException {
        try {
            return ask(bound, Map.of(), words) != null;
        } catch (IOException failed) {
            return false;
        }
    }

    private String ask(Duration bound, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        PrivateFolder.make(log.resolve("..").normalize());
        Path answer = Files.createTempFile("pedidos-docker", ".txt");
        try {
            List<String> command = new ArrayList<>(List.of("docker"));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(answer.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
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
