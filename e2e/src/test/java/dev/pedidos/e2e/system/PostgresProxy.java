package dev.pedidos.e2e.system;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A proxy in front of PostgreSQL that reads the messages. At a chosen statement it delays it or cuts the connection:
 * before the server gets the statement, or after the server has executed it and before the client hears of it.
 */
public final class PostgresProxy implements AutoCloseable {

    private final List<Trap> traps = new CopyOnWriteArrayList<>();
    private final TcpProxy network;

    /** @param server {@code postgresql://user:password@host:port/db} */
    public PostgresProxy(String server) throws IOException {
        network = new TcpProxy(server, () -> new PostgresTap(traps));
    }

    /** The server's address through this proxy. */
    public String uri() {
        return network.uri();
    }

    /** For faults of all connections alike. */
    public TcpProxy network() {
        return network;
    }

    public Trap before(Predicate<String> statement, Trap.Action action) {
        return before(0, statement, action);
    }

    /** @param later springs this many statements after the expected one */
    public Trap before(int later, Predicate<String> statement, Trap.Action action) {
        return add(new Trap(statement, later, Trap.Way.CUT_BEFORE, action));
    }

    public Trap after(Predicate<String> statement, Trap.Action action) {
        return after(0, statement, action);
    }

    /** @param later springs this many statements after the expected one */
    public Trap after(int later, Predicate<String> statement, Trap.Action action) {
        return add(new Trap(statement, later, Trap.Way.CUT_AFTER, action));
    }

    /** The statement waits for the action, and then goes on. */
    public Trap hold(Predicate<String> statement, Trap.Action action) {
        return add(new Trap(statement, 0, Trap.Way.HOLD, action));
    }

    private Trap add(Trap trap) {
        traps.add(trap);
        return trap;
    }

    @Override
    public void close() {
        network.close();
    }
}
