package dev.pedidos.e2e.system;

import dev.pedidos.tools.stack.stores.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./pedidos} as a process, in a checkout of its own under target: the same jars with another {@code .pedidos},
 * so that the developer's own system is left alone.
 */
public final class PedidosCommand {
    /** The one checkout: a test that starts or stops a system in it needs it alone. */
    public static final String CHECKOUT = "checkout";

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final ProcessOutput output;

    private static final Path TARGET = Path.of("..", "tools", "target");

    private PedidosCommand(Process process) {
        this.process = process;
        this.output = new ProcessOutput(process);
    }

    /** The output of a command, errors included, and its exit code. */
    public record Ended(int exitCode, String output) {}

    public static PedidosCommand start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** As {@link #run(Stores, String...)}, while the test goes on. */
    public static PedidosCommand start(Stores stores, String... arguments) throws IOException {
        return start(variables(stores), arguments);
    }

    private static PedidosCommand start(Map<String, String> environment, String... arguments) throws IOException {
        return start(ClassArchive.flags("tools"), environment, arguments);
    }

    private static PedidosCommand start(List<String> flags, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of(
                "-Dpedidos.repository=" + checkout(),
                "-cp",
                TARGET.resolve("tools.jar") + File.pathSeparator + TARGET.resolve("lib") + "/*",
                "dev.pedidos.tools.cli.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new PedidosCommand(builder.start());
    }

    /** On a fleet that another one started. */
    public static Ended run(Stores stores, String... arguments) throws IOException, InterruptedException {
        return start(stores, arguments).awaitEnd();
    }

    /** As {@link #run(Stores, String...)}, with a flag of its JVM. */
    public static Ended flagged(String flag, Stores stores, String... arguments)
            throws IOException, InterruptedException {
        return start(List.of(flag), variables(stores), arguments).awaitEnd();
    }

    private static Map<String, String> variables(Stores stores) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AMQP_URI", stores.amqpUri());
        environment.put("DATABASE_URL", stores.databaseUrl());
        environment.put("PEDIDOS_DATABASE_ADMIN_URL", stores.databaseAdminUrl());
        stores.prefix().ifPresent(prefix -> environment.put("PEDIDOS_PREFIX", prefix));
        return environment;
    }

    /** With these variables. */
    public static Ended in(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return start(environment, arguments).awaitEnd();
    }

    public static Ended run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).awaitEnd();
    }

    /** The pid files of the checkout; files that exist after a command's end were left behind. */
    public static List<String> pidFiles() throws IOException {
        try (var files = Files.list(checkout().resolve(".pedidos").resolve("run"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pid"))
                    .toList();
        }
    }

    /** Kills the program that a pid file names, as kill -9 does. */
    public static boolean kill(String name) throws IOException {
        Path file = checkout().resolve(".pedidos").resolve("run").resolve(name + ".pid");
        return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                .map(ProcessHandle::destroyForcibly)
                .orElse(false);
    }

    /** The files of the checkout's systems. */
    public static Path dotPedidos() throws IOException {
        return checkout().resolve(".pedidos");
    }

    private static Path checkout() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "checkout").toAbsolutePath());
        for (String part : List.of("producer-api", "worker", "tools")) {
            if (!Files.exists(folder.resolve(part))) {
                Files.createSymbolicLink(
                        folder.resolve(part), Path.of("..", part).toRealPath());
            }
        }
        UnpackedPostgres.linkInto(folder.resolve(".pedidos"));
        UnpackedPostgres.linkInto(folder.resolve(".pedidos").resolve("torture"));
        return folder;
    }

    /** Waits until a line contains this text. */
    public PedidosCommand awaitLine(String text) throws InterruptedException {
        output.awaitLine(text, PATIENCE);
        return this;
    }

    /** SIGTERM. */
    public Ended stop() throws InterruptedException {
        // Process.destroy() would close the pipe before it is read.
        process.toHandle().destroy();
        return awaitEnd();
    }

    /** As kill -9 does: it cannot stop anything in order. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public Ended awaitEnd() throws InterruptedException {
        return output.awaitEnd(PATIENCE);
    }
}
