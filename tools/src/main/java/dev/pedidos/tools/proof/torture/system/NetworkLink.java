package dev.pedidos.tools.proof.torture.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The network between one program and one server. A stalled direction behaves as an unplugged cable: not even the end
 * of a connection gets through, and bytes on their way arrive when it is plugged in again.
 */
public final class NetworkLink implements AutoCloseable {

    public enum Direction {
        TO_SERVER,
        TO_PROGRAM
    }

    /** The server's port, which may change when it is started again. */
    public interface Target {
        int port() throws IOException;

        default String host() {
            return "127.0.0.1";
        }
    }

    private static final int CONNECT_MILLIS = 2_000;

    private final Target target;
    private final ServerSocket listening;
    private final Valve toServer = new Valve();
    private final Valve toProgram = new Valve();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong heldUp = new AtomicLong();
    private volatile long delayMillis;

    public NetworkLink(Target target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The ports by which the server knows the program's connections. */
    Set<Integer> serverSidePorts() {
        return sockets.stream().map(Socket::getLocalPort).collect(Collectors.toSet());
    }

    public int connections() {
        return sockets.size() / 2;
    }

    /** Resets every connection; returns their number. */
    public int cut() {
        int connections = connections();
        sockets.forEach(NetworkLink::reset);
        return connections;
    }

    public void stall(Direction direction) {
        gate(direction).shut();
    }

    /** Delays everything that is sent by this time. */
    public void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    public void heal() {
        delayMillis = 0;
        toServer.open();
        toProgram.open();
    }

    /** The number of reads that were held back or delayed so far. */
    public long heldUp() {
        return heldUp.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var program = listening.accept();
                Thread.ofVirtual().start(() -> connect(program));
            } catch (IOException closed) {
                // Only close() ends the loop.
                continue;
            }
        }
    }

    private void connect(Socket program) {
        var server = new Socket();
        try {
            server.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            program.setTcpNoDelay(true);
        } catch (IOException away) {
            reset(program);
            return;
        }
        sockets.add(program);
        sockets.add(server);
        Thread.ofVirtual().start(() -> pump(program, server, Direction.TO_SERVER));
        Thread.ofVirtual().start(() -> pump(server, program, Direction.TO_PROGRAM));
    }

    private void pump(Socket from, Socket to, Direction direction) {
        var buffer = new byte[16_384];
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pass(direction);
                out.write(buffer, 0, read);
            }
            pass(direction);
        } catch (IOException ended) {
            // One end is closed: close both.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(from);
            forget(to);
        }
    }

    private void pass(Direction direction) throws InterruptedException {
        if (delayMillis > 0) {
            heldUp.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(delayMillis);
        }
        if (gate(direction).isShut()) {
            heldUp.incrementAndGet();
        }
        gate(direction).pass();
    }

    private Valve gate(Direction direction) {
        return switch (direction) {
            case TO_SERVER -> toServer;
            case TO_PROGRAM -> toProgram;
        };
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        close(socket);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            return;
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket does not close", e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("a listening socket does not close", e);
        }
        heal();
        cut();
    }
}
