package dev.pedidos.tools.proof.torture.system;

import dev.pedidos.tools.stack.home.Home;
import dev.pedidos.tools.stack.processes.Program;
import dev.pedidos.tools.stack.processes.ProgramFailed;
import dev.pedidos.tools.stack.processes.RunningProgram;
import dev.pedidos.tools.stack.stores.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One program of the fleet with a network of its own; it is killed and started again with the same settings. */
public final class FleetMember implements AutoCloseable {
    private static final Duration SIGNALLED = Duration.ofSeconds(5);

    private final Home home;
    private final Program program;
    private final NetworkLink broker;
    private final NetworkLink database;
    private RunningProgram life;
    private boolean heldDown;

    FleetMember(Home home, Program program, NetworkLink broker, NetworkLink database) throws IOException {
        this.home = home;
        this.program = program;
        this.broker = broker;
        this.database = database;
        this.life = RunningProgram.startAgain(home, program);
    }

    public String name() {
        return program.name();
    }

    public URI url() {
        return program.url();
    }

    /** Its connection to the broker. */
    public NetworkLink broker() {
        return broker;
    }

    /** Its connection to the database. */
    public NetworkLink database() {
        return database;
    }

    /** True if it listens on its port. */
    public boolean answers() {
        return LoopbackPorts.answers(program.port());
    }

    /** As {@code kill -9} does; it stays down until {@link #revive()}. */
    public synchronized void kill() throws InterruptedException {
        heldDown = true;
        life.kill();
    }

    /** SIGTERM, and SIGKILL if it does not end in time. It stays down until {@link #revive()}. */
    public synchronized void terminate(Duration patience) throws InterruptedException {
        heldDown = true;
        life.terminate();
        life.awaitEnd(patience);
    }

    public synchronized void revive() throws IOException {
        if (!life.isAlive()) {
            life = RunningProgram.startAgain(home, program);
        }
        heldDown = false;
    }

    /** Starts it again if it has ended by itself; false if it has not. */
    synchronized boolean reviveFallen() throws IOException {
        if (heldDown || life.isAlive()) {
            return false;
        }
        life = RunningProgram.startAgain(home, program);
        return true;
    }

    /** {@code -STOP} or {@code -CONT}. */
    public synchronized void signal(String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, Long.toString(life.pid())).start();
        if (!kill.waitFor(SIGNALLED.toMillis(), TimeUnit.MILLISECONDS)) {
            kill.destroyForcibly();
        }
    }

    /** @throws ProgramFailed if it ends first or takes too long */
    void awaitReady(HttpClient http) throws IOException, InterruptedException {
        RunningProgram current;
        synchronized (this) {
            current = life;
        }
        current.awaitReady(http);
    }

    @Override
    public void close() {
        broker.close();
        database.close();
    }
}
