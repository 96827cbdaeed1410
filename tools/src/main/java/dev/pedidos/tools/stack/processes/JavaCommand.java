package dev.pedidos.tools.stack.processes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command line of a program: with our own JVM, in a session of its own. */
public final class JavaCommand {

    /**
     * Both programs are small and share the cores with broker and database. So the collector has no threads of its
     * own, and only the quick compiler is used: what runs here seldom runs for more than some minutes
     * (docs/decisions/0059-compilers.md).
     */
    public static final List<String> JVM_FLAGS = List.of(
            "-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    /** The first JDK that makes AOT caches in one step (JEP 514). */
    private static final int CACHES_SINCE = 25;

    private JavaCommand() {}

    static List<String> of(Path jar) throws IOException {
        List<String> command = new ArrayList<>(ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        Path cache = Path.of(jar.toString().replaceFirst("\\.jar$", ".aot"));
        if (isOf(cache, jar)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** The cache of an older jar would only give a warning. */
    private static boolean isOf(Path cache, Path jar) throws IOException {
        return Runtime.version().feature() >= CACHES_SINCE
                && Files.exists(cache)
                && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    /**
     * A terminal sends Ctrl-C to its whole process group. In a session of their own the programs do not get it, and we
     * stop them in order. Without setsid (macOS) they get it too, and drain at the same time.
     */
    private static List<String> ownSession() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(setsid -> List.of(setsid.toString()))
                .orElse(List.of());
    }
}
