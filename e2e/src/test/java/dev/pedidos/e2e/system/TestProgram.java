package dev.pedidos.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.stack.processes.FreePort;
import dev.pedidos.tools.stack.processes.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The API or a worker, as the real process. */
public final class TestProgram implements AutoCloseable {

    /** Those of {@code ./pedidos}, unless a benchmark compares others. */
    private static final List<String> JVM_FLAGS = System.getProperty("bench.flags") == null
            ? JavaCommand.JVM_FLAGS
            : List.of(System.getProperty("bench.flags").split(" "));

    /** The exit code of a program that SIGTERM has ended in order. */
    public static final int SIGTERM = 143;

    /** Longer than a stop may take: see {@link TestSystem}. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private static final FreePort PORTS = new FreePort();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int port;

    private TestProgram(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * @param module whose jar is run: producer-api or worker
     * @param portSetting the variable of its HTTP port; a free one unless it is in the environment
     * @param inFront a folder of classes and resources that replace those in the jars
     * @param flags for its JVM, besides the usual ones
     */
    static TestProgram start(
            String module,
            String portSetting,
            Map<String, String> environment,
            Optional<Path> inFront,
            List<String> flags)
            throws IOException {
        var jar = Path.of("..", module, "target", module + ".jar");
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is missing: run mvn package first");
        }
        String port = environment.getOrDefault(portSetting, Integer.toString(PORTS.from(0)));
        var logs = Files.createDirectories(Path.of("target", "e2e-logs"));
        var log = Files.createTempFile(logs, module + "-", ".log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(JVM_FLAGS);
        command.addAll(flags);
        if (inFront.isEmpty()) {
            command.addAll(List.of("-jar", jar.toString()));
        } else {
            command.addAll(withInFront(inFront.get(), jar));
        }
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(portSetting, port);
        builder.environment().put("PEDIDOS_LOG", "text");
        return new TestProgram(builder.start(), log, Integer.parseInt(port));
    }

    /** The jar's manifest adds its libraries to a class path too. */
    private static List<String> withInFront(Path inFront, Path jar) throws IOException {
        String classPath = inFront + File.pathSeparator + jar;
        try (var opened = new JarFile(jar.toFile())) {
            return List.of(
                    "-cp", classPath, opened.getManifest().getMainAttributes().getValue("Main-Class"));
        }
    }

    public TestProgram awaitReady() {
        return awaitStatus("READY");
    }

    /** Of its readiness. */
    public TestProgram awaitStatus(String status) {
        Awaitility.await(log.toString())
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .failFast("the program ended, see " + log, () -> !process.isAlive())
                .until(() -> hasStatus(status));
        return this;
    }

    private boolean hasStatus(String status) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(url().resolve("/readyz")).build();
            return HTTP.send(request, BodyHandlers.ofString()).body().contains("\"status\":\"" + status + "\"");
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /**
     * The sum of a counter at {@code /metrics} over all its labels, or over those that the name does not fix; 0 if it
     * does not exist yet.
     *
     * @param name with the first labels, if needed: {@code name{label="value"}}
     */
    public long metric(String name) throws Exception {
        String withFurtherLabels = name.endsWith("}") ? name.substring(0, name.length() - 1) + "," : name + "{";
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(withFurtherLabels))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** What Prometheus reads. */
    public String metrics() throws Exception {
        var request = HttpRequest.newBuilder(url().resolve("/metrics")).build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGSTOP: it neither works nor ends, and its connections stay open. */
    public void freeze() throws Exception {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String signal) throws Exception {
        var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill " + signal + " failed");
        }
    }

    /** The memory of the process, of which the heap is a part. */
    public long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    /** Of the process and of those that it has started. */
    public List<String> commandLines() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> each.info().commandLine().stream())
                .toList();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it has ended by itself. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the program did not end, see " + log);
        }
        return process.exitValue();
    }

    /** As kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; does not wait for its end. */
    public void terminate() {
        process.destroy();
    }

    /** SIGTERM; returns the time until its end. */
    public Duration stop() throws InterruptedException {
        return stop(PATIENCE);
    }

    /** SIGTERM; waits for its orderly end. */
    public void drain() throws InterruptedException {
        stop();
        assertThat(exitCode()).as("not cut off at its deadline, see " + log).isEqualTo(SIGTERM);
    }

    /** As {@link #stop()}, for a program that has to write something at its end. */
    Duration stop(Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("SIGTERM did not end the program, see " + log);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
