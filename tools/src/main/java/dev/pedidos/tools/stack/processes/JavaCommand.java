package dev.pedidos.tools.stack.processes;

import dev.pedidos.tools.stack.home.OwnSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        List<String> command = new ArrayList<>(OwnSession.words());
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
}
