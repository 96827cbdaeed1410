package dev.pedidos.tools.stack.home;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives a program a session of its own. A terminal sends Ctrl-C to its whole process group: like this it reaches only this JVM,
 * which then stops everything in order.
 */
public final class OwnSession {
    private OwnSession() {}

    /** The words in front of a program's command line; none if this system has no command for it. */
    public static List<String> words() {
        if (onPath("setsid").isPresent()) {
            return List.of("setsid");
        }
        // macOS has no such command.
        return onPath("perl").isPresent()
                ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die $!", "--")
                : List.of();
    }

    /** The path of a program with this name on the PATH. */
    public static Optional<Path> onPath(String program) {
        return onPath(program, System.getenv());
    }

    /** As {@link #onPath(String)}, on the PATH of another environment. */
    public static Optional<Path> onPath(String program, Map<String, String> environment) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
