package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.processes.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * An archive of a program's loaded classes (CDS, JEP 350): the programs are started hundreds of times, and loading
 * classes is half of a start.
 */
final class ClassArchive {

    private static final Map<String, String> NOWHERE = Map.of(
            "AMQP_URI", "amqp://nobody:nothing@127.0.0.1:1/nowhere",
            "DATABASE_URL", "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
            "PEDIDOS_API_PORT", "0",
            "PEDIDOS_LOG", "text");
    private static final Map<String, List<String>> FLAGS = new ConcurrentHashMap<>();

    private ClassArchive() {}

    /** For the command line; the first call for a module starts the program once, without stores. */
    static List<String> flags(String module, Path jar) {
        return FLAGS.computeIfAbsent(module, any -> {
            try {
                var archive = Path.of("target", module + ".jsa").toAbsolutePath();
                Files.deleteIfExists(archive);
                write(archive, jar);
                return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private static void write(Path archive, Path jar) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaCommand.JVM_FLAGS);
        command.add("-XX:ArchiveClassesAtExit=" + archive);
        command.addAll(List.of("-jar", jar.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(NOWHERE);
        var program = builder.start();
        try (var output = program.inputReader()) {
            var unused = output.lines().filter(ClassArchive::hasBegun).findFirst();
            // Process.destroy() would close the output before it is read.
            program.toHandle().destroy();
            output.lines().forEach(line -> {});
        }
        if (!program.waitFor(60, TimeUnit.SECONDS)) {
            program.destroyForcibly();
        }
    }

    private static boolean hasBegun(String line) {
        return line.contains("api started") || line.contains("worker waits for its stores");
    }
}
