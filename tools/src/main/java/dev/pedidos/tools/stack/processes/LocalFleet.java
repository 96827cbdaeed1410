package dev.pedidos.tools.stack.processes;

import dev.pedidos.shared.config.Env;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.tools.stack.home.Home;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The programs of one system. Create it empty in try-with-resources, so that a failed {@link #start} is cleaned up
 * too. APIs are stopped first, so that no more pedidos come in, then the workers.
 */
public final class LocalFleet implements AutoCloseable {
    private static final int STARTS = 3;

    private final Home home;
    private final StopTime stopTime;
    private final Env env;
    private final Consumer<String> say;
    private final List<RunningProgram> apis = new ArrayList<>();
    private final List<RunningProgram> workers = new CopyOnWriteArrayList<>();

    public LocalFleet(Home home, Env env, Consumer<String> say) {
        this.home = home;
        this.stopTime = StopTime.of(env::integer);
        this.env = env;
        this.say = say;
    }

    /**
     * Call it before broker and database are started.
     *
     * @throws IOException a program has not been built
     */
    public static void checkBuilt(Home home) throws IOException {
        for (ProgramAddress kind : ProgramAddress.values()) {
            home.jar(kind.module());
        }
    }

    /**
     * Starts all programs at once and waits until all are ready.
     *
     * @param stores AMQP_URI, DATABASE_URL and the like, for both kinds of program
     */
    public void start(FleetSize size, Map<String, String> stores) throws IOException, InterruptedException {
        var ports = new FreePort();
        for (int i = 1; i <= size.apis(); i++) {
            apis.add(start(size.prefix() + "api-" + i, ProgramAddress.API, stores, ports));
        }
        for (int i = 1; i <= size.workers(); i++) {
            workers.add(start(size.prefix() + "worker-" + i, ProgramAddress.WORKER, stores, ports));
        }
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < apis.size(); i++) {
                awaitReady(apis, i, again(ProgramAddress.API, stores, ports), http);
            }
            for (int i = 0; i < workers.size(); i++) {
                awaitReady(workers, i, again(ProgramAddress.WORKER, stores, ports), http);
            }
        }
    }

    /** Starts a program of this name. */
    @FunctionalInterface
    private interface Start {
        RunningProgram named(String name) throws IOException;
    }

    private Start again(ProgramAddress kind, Map<String, String> stores, FreePort ports) {
        return name -> start(name, kind, stores, ports);
    }

    /** Somebody may take a port after it was found free and before the program listens on it: then the next free one is used. */
    private static void awaitReady(List<RunningProgram> programs, int index, Start again, HttpClient http)
            throws IOException, InterruptedException {
        for (int start = 1; ; start++) {
            RunningProgram program = programs.get(index);
            try {
                program.awaitReady(http);
                return;
            } catch (ProgramFailed e) {
                if (start == STARTS || !program.couldNotListen()) {
                    throw e;
                }
                programs.set(index, again.named(program.name()));
            }
        }
    }

    private RunningProgram start(String name, ProgramAddress kind, Map<String, String> stores, FreePort ports)
            throws IOException {
        int port = ports.from(env.integer(kind.port()), kind.address(env));
        Map<String, String> environment = new LinkedHashMap<>(stores);
        environment.put(Settings.LOG.name(), "json");
        environment.put(Settings.HANDLER_SIMULADO.name(), "on");
        environment.put(kind.port().name(), Integer.toString(port));
        var program = new Program(name, home.jar(kind.module()), kind.host(env), port, environment);
        env.text(Settings.ALLOWED_HOSTS)
                .ifPresent(names -> environment.put(
                        Settings.ALLOWED_HOSTS.name(),
                        names + "," + program.url().getHost()));
        return RunningProgram.start(home, program);
    }

    public List<RunningProgram> programs() {
        List<RunningProgram> all = new ArrayList<>(apis);
        all.addAll(workers);
        return all;
    }

    /**
     * Kills a worker as {@code kill -9} does, and starts it again.
     *
     * @param turn chooses the worker, modulo their number
     */
    public void killWorkerAndStartAgain(int turn) throws IOException, InterruptedException {
        int index = turn % workers.size();
        var victim = workers.get(index);
        victim.kill();
        workers.set(index, RunningProgram.startAgain(home, victim.program()));
    }

    /** Starts a program again that has ended by itself, in its place. */
    public void startAgain(RunningProgram ended) throws IOException {
        List<RunningProgram> kind = apis.contains(ended) ? apis : workers;
        kind.set(kind.indexOf(ended), RunningProgram.startAgain(home, ended.program()));
    }

    /** True if at least one of each kind lives; unfinished deliveries of the others are redelivered. */
    public boolean canWork() {
        return apis.stream().anyMatch(RunningProgram::isAlive)
                && workers.stream().anyMatch(RunningProgram::isAlive);
    }

    public List<URI> apiUrls() {
        return apis.stream().map(RunningProgram::url).toList();
    }

    /** Kills all programs as {@code kill -9} does. */
    public void kill() {
        programs().forEach(RunningProgram::destroy);
    }

    @Override
    public void close() {
        stop(apis);
        stop(workers);
    }

    private void stop(List<RunningProgram> programs) {
        programs.forEach(RunningProgram::terminate);
        long deadline = System.nanoTime() + stopTime.whole().toNanos();
        for (RunningProgram program : programs) {
            try {
                if (!program.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                    say.accept(program.name() + " did not end within "
                            + stopTime.drain().toMillis()
                            + " ms and was killed; its unacknowledged deliveries are redelivered");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("close() runs on a thread of its own", e);
            }
        }
        programs.clear();
    }
}
