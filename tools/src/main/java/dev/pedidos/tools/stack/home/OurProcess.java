package dev.pedidos.tools.stack.home;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
        List<OurProcess> living = new ArrayList<>();
        for (PidFile file : PidFile.all(home)) {
            Kind kind = Kind.of(file.name()).orElse(null);
            if (kind != null) {
                file.process(kind.jar).ifPresent(handle -> living.add(new OurProcess(file, kind, handle)));
            }
        }
        living.sort(Comparator.comparing(OurProcess::kind));
        return living;
    }

    /**
     * Whether an API or a worker lives.
     *
     * @param dotPedidos of the home
     */
    public static boolean programs(Path dotPedidos) throws IOException {
        for (PidFile file : PidFile.all(dotPedidos.resolve("run"))) {
            Kind kind = Kind.of(file.name()).orElse(Kind.COMMAND);
            if (kind != Kind.COMMAND && file.process(kind.jar).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Programs of `up` that have ended although nobody stopped them. */
    public static List<PidFile> dead(Home home) throws IOException {
        List<PidFile> dead = new ArrayList<>();
        for (PidFile file : PidFile.all(home)) {
            Kind kind = Kind.of(file.name()).orElse(null);
            if (isOfUp(file) && kind != null && file.process(kind.jar).isEmpty()) {
                dead.add(file);
            }
        }
        return dead;
    }

    /** Deletes the pid files of dead processes. Do not call it while others start: a pid file is empty for a moment. */
    public static void forgetDead(Home home) throws IOException {
        for (PidFile file : PidFile.all(home)) {
            Kind kind = Kind.of(file.name()).orElse(null);
            if (kind != null && file.process(kind.jar).isEmpty()) {
                file.delete();
            }
        }
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
