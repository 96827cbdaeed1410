package dev.pedidos.tools.stack.stores;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.home.LogTail;
import dev.pedidos.tools.stack.home.PidFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A private RabbitMQ node under a folder, with its own name, ports, cookie, port mapper and data; kept across
 * runs.
 */
final class LocalRabbit {
    private static final int STARTS = 3;
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration STOPPED = Duration.ofSeconds(20);
    private static final Duration CONTROL = Duration.ofSeconds(60);

    private final ServerFiles files;
    private final Consumer<String> say;
    private final Secrets secrets;

    LocalRabbit(ServerFiles files, Consumer<String> say) throws IOException {
        this.files = files;
        this.say = say;
        this.secrets = new Secrets(files.secrets("rabbitmq"));
    }

    Broker open() throws IOException, InterruptedException {
        Optional<ProcessHandle> leftOver = process();
        if (leftOver.isPresent() && answersWithin(READY, leftOver.get())) {
            return broker();
        }
        if (leftOver.isPresent()) {
            say.accept("The broker that an earlier run left does not answer; stopping it.");
        }
        stop();
        start(RabbitInstallation.findOrInstall(files.log("apt"), say));
        return broker();
    }

    private void start(Path script) throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            RabbitNode node = new RabbitNode(folder(), pidFile(), RabbitPorts.choose(secrets, files.folder()));
            node.configure(secrets.password("password"), secrets.password("cookie"));
            long before = LogTail.size(log());
            Process process = new Command(List.of(script.toString()), node.environment(), log()).start();
            if (answersWithin(READY, process.toHandle())) {
                Files.createDirectories(runPidFile().resolve("..").normalize());
                Files.copy(pidFile(), runPidFile(), StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            stop();
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            if (start == STARTS || !aPortWasTaken(before)) {
                throw new IOException(RootLocale.format(
                        "The private broker did not start; the end of %s:%n  %s", log(), LogTail.of(log())));
            }
        }
    }

    /** Somebody took a port after we found it free and before the node opened it. */
    private boolean aPortWasTaken(long logBefore) throws IOException {
        return LogTail.since(log(), logBefore).contains("eaddrinuse");
    }

    /** AMQP opens last, after every plugin runs. */
    private boolean answersWithin(Duration bound, ProcessHandle process) throws IOException, InterruptedException {
        RabbitPorts ports = RabbitPorts.remembered(secrets);
        return Waiting.until(bound, () -> !process.isAlive() || LoopbackPorts.answers(ports.amqp()))
                && process.isAlive()
                && Waiting.until(bound, management()::answers);
    }

    Management management() throws IOException {
        return new Management(managementUrl(), RabbitNode.USER, secrets.password("password"));
    }

    void stop() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        RabbitPorts ports = RabbitPorts.remembered(secrets);
        if (process.isPresent()) {
            ProcessHandle node = process.get();
            new RabbitNode(folder(), pidFile(), ports).detachManagement(log());
            node.destroy();
            Waiting.until(STOPPED, () -> !node.isAlive());
            node.destroyForcibly();
            if (!Waiting.until(STOPPED, () -> !node.isAlive())) {
                throw PrivateServers.cannotBeStopped("broker", node);
            }
        }
        if (ports.epmd() > 0) {
            Epmd.stop(ports.epmd());
        }
        Files.deleteIfExists(pidFile());
        Files.deleteIfExists(runPidFile());
    }

    boolean runs() throws IOException {
        return process().isPresent();
    }

    /** Kills the node, as a power cut does; {@link #open()} starts it again on the same data. */
    void kill() throws IOException, InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isPresent()) {
            process.get().destroyForcibly();
            Waiting.until(STOPPED, () -> !process.get().isAlive());
        }
    }

    /** Call it only while the node is stopped. */
    void forgetData() throws IOException {
        FileTree.delete(folder().resolve("mnesia"));
    }

    /** Runs {@code rabbitmqctl} against this node. */
    void control(List<String> words) throws IOException, InterruptedException {
        Path rabbitmqctl =
                RabbitInstallation.findOrInstall(files.log("apt"), say).resolveSibling("rabbitmqctl");
        List<String> command = new ArrayList<>(List.of(rabbitmqctl.toString(), "--quiet"));
        command.addAll(words);
        RabbitNode node = new RabbitNode(folder(), pidFile(), RabbitPorts.remembered(secrets));
        new Command(command, node.environment(), files.log("rabbitmqctl")).run(CONTROL);
    }

    Broker broker() throws IOException {
        String uri = RabbitNode.uri(secrets.password("password"), secrets.port("amqp"));
        return new Broker(uri, Optional.of(managementUrl()));
    }

    String managementUrl() {
        return "http://127.0.0.1:" + secrets.port("management");
    }

    Optional<ProcessHandle> process() throws IOException {
        return new PidFile(pidFile()).process(folder().toString());
    }

    private Path folder() {
        return files.data("rabbitmq");
    }

    /**
     * The node's own pid file, beside its data: two nodes on the same data would destroy it, even if our file under
     * run is lost.
     */
    private Path pidFile() {
        return folder().resolve("node.pid");
    }

    private Path runPidFile() {
        return files.pid("rabbitmq");
    }

    private Path log() {
        return files.log("rabbitmq");
    }
}
