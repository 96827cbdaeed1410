package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the operating system. It has a session of its own, so that Ctrl-C in the terminal reaches only this
 * JVM, which then stops everything in order.
 */
record Command(List<String> words, Map<String, String> environment, Path log) {
    private static final int TAIL_LINES = 15;

    /** Runs it to its end. Its output is in the log, and also in the message if it failed. */
    void run(Duration bound) throws IOException, InterruptedException {
        Process process = start();
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(
                    RootLocale.format("%s did not end within %d s; see %s", name(), bound.toSeconds(), log));
        }
        if (process.exitValue() != 0) {
            throw new IOException(RootLocale.format(
                    "%s ended with %d; the end of %s:%n%s", name(), process.exitValue(), log, tail(log)));
        }
    }

    /** Starts it and does not wait. */
    Process start() throws IOException {
        List<String> all = new ArrayList<>(ownSession());
        all.addAll(words);
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The user's settings for other servers must not reach ours.
        builder.environment().keySet().removeIf(name -> name.matches("(RABBITMQ_|ERL_|PG).*"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> ownSession() {
        if (onPath("setsid").isPresent()) {
            return List.of("setsid");
        }
        // macOS has no such command.
        return onPath("perl").isPresent()
                ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!", "--")
                : List.of();
    }

    private String name() {
        return String.join(" ", words);
    }

    /** The last lines of a log, for an error message. */
    static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "(no log)";
        }
        List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    /** The path of a program with this name on the PATH. */
    static Optional<Path> onPath(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static boolean asRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
