package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.processes.JavaCommand;
import dev.pedidos.tools.stack.stores.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A program's loaded classes, as a first run of it leaves them: the programs are started hundreds of times, and loading
 * classes is half of a start. From JDK 25 on they are linked as well (an AOT cache, JEP 514); before it is a CDS archive
 * (JEP 350).
 */
final class ClassArchive {

    private static final boolean LINKED = Runtime.version().feature() >= 25;
    private static final Map<String, List<String>> FLAGS = new ConcurrentHashMap<>();

    private ClassArchive() {}

    /** For the command line; the first call for a module starts the program once, with stores of its own. */
    static List<String> flags(String module, Path jar) {
        return FLAGS.computeIfAbsent(module, any -> {
            try (var stores = TestStores.withTables("classes")) {
                var archive =
                        Path.of("target", module + (LINKED ? ".aot" : ".jsa")).toAbsolutePath();
                Files.deleteIfExists(archive);
                write(archive, jar, stores);
                String flag = LINKED ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
                return Files.exists(archive) ? List.of(flag + archive) : List.of();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        });
    }

    private static void write(Path archive, Path jar, Stores stores) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JavaCommand.JVM_FLAGS);
        command.add((LINKED ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        command.addAll(List.of("-jar", jar.toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment(stores));
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

    private static Map<String, String> environment(Stores stores) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AMQP_URI", stores.amqpUri());
        environment.put("DATABASE_URL", stores.databaseUrl());
        environment.put("PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl());
        stores.prefix().ifPresent(prefix -> environment.put("PEDIDOS_PREFIX", prefix));
        environment.put("PEDIDOS_API_PORT", "0");
        environment.put("PEDIDOS_WORKER_PORT", "0");
        environment.put("PEDIDOS_LOG", "text");
        return environment;
    }

    private static boolean hasBegun(String line) {
        return line.contains("api started") || line.contains("this worker's share");
    }
}
