package dev.pedidos.tools.stack.home;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A living process that a pid file of this home names: one of the programs, or a command that manages them. The pid
 * files of broker and database belong to {@code stores}.
 */
public record OurProcess(PidFile pidFile, Kind kind, ProcessHandle handle) {

    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    /** In the order of stopping: a living command stops its own programs; otherwise APIs are stopped before workers. */
    public enum Kind {
        COMMAND("tools.jar"),
        API("producer-api.jar"),
        WORKER("worker.jar");

        private final String jar;

        Kind(String jar) {
            this.jar = jar;
        }

        private static Optional<Kind> of(String name) {
            if (name.matches("(.*-)?api-\\d+")) {
                return Optional.of(API);
            }
            if (name.matches("(.*-)?worker-\\d+")) {
                return Optional.of(WORKER);
            }
            return name.matches("up|torture|(demo|bench)-\\d+") ? Optional.of(COMMAND) : Optional.empty();
        }
    }

    /** All living processes, in the order of stopping. */
    public static List<OurProcess> all(Home home) throws IOException {
        return living(PidFile.all(home))
                .sorted(Comparator.comparing(OurProcess::kind))
                .toList();
    }

    /**
     * Whether an API or a worker lives.
     *
     * @param dotPedidos of the home
     */
    public static boolean anyProgramLives(Path dotPedidos) throws IOException {
        return living(PidFile.all(Home.runFolder(dotPedidos))).anyMatch(process -> process.kind != Kind.COMMAND);
    }

    /** The pid files of an `up` and its programs that have ended although nobody stopped them. */
    public static List<PidFile> endedOfUp(Home home) throws IOException {
        return ended(PidFile.all(home)).filter(OurProcess::isOfUp).toList();
    }

    /** Deletes the pid files of processes that have ended. Do not call it while others start: a pid file is empty for a moment. */
    public static void forgetEnded(Home home) throws IOException {
        ended(PidFile.all(home)).forEach(PidFile::delete);
    }

    private static Stream<OurProcess> living(List<PidFile> files) throws IOException {
        return find(files).values().stream().flatMap(Optional::stream);
    }

    private static Stream<PidFile> ended(List<PidFile> files) throws IOException {
        return find(files).entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey);
    }

    /** The process of each file; empty if it has ended. */
    private static Map<PidFile, Optional<OurProcess>> find(List<PidFile> files) throws IOException {
        Map<PidFile, Optional<OurProcess>> found = new LinkedHashMap<>();
        for (PidFile file : files) {
            Kind kind = Kind.of(file.name()).orElse(null);
            if (kind != null) {
                found.put(file, file.process(kind.jar).map(handle -> new OurProcess(file, kind, handle)));
            }
        }
        return found;
    }

    private static boolean isOfUp(PidFile file) {
        return file.name().matches("up|(api|worker)-[0-9]+");
    }

    public String name() {
        return pidFile.name();
    }

    /** @param command that started it and was killed, with its article */
    public String leftFrom(String command) {
        return RootLocale.format(
                "%s (pid %d) is left from %s that was killed: stop it with ./pedidos down",
                name(), handle.pid(), command);
    }

    /** Whether it is `up` or one of its programs. Programs of other commands have their names in front. */
    public boolean isOfUp() {
        return isOfUp(pidFile);
    }

    /**
     * Sends SIGTERM, and after the patience is over SIGKILL; true if it ended by itself.
     *
     * @throws IOException it goes on: its pid file stays
     */
    public boolean stop(Duration patience) throws IOException, InterruptedException {
        boolean asked = handle.destroy();
        if (!asked && handle.isAlive()) {
            throw new IOException(RootLocale.format(
                    "%s (pid %d) cannot be stopped: it belongs to another user", name(), handle.pid()));
        }
        boolean ended = endsWithin(patience);
        if (!ended) {
            handle.destroyForcibly();
            if (!endsWithin(AFTER_KILL)) {
                throw new IOException(RootLocale.format(
                        "%s (pid %d) has been killed and still has not ended: the system holds it, perhaps for a disk that"
                                + " does not answer",
                        name(), handle.pid()));
            }
        }
        pidFile.delete();
        return ended;
    }

    private boolean endsWithin(Duration patience) throws InterruptedException {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("onExit() cannot fail", e);
        }
    }
}
