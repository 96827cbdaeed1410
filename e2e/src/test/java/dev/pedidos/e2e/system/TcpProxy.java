package dev.pedidos.e2e.system;

import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A TCP proxy with the faults of a network: it cuts connections, lets no new ones through, or swallows one direction.
 */
public final class TcpProxy implements AutoCloseable {

    /** Handles the bytes of one connection. Each direction has a thread of its own. */
    interface Tap {
        Tap OPEN = new Tap() {};

        default void towardsServer(byte[] bytes, OutputStream server) throws IOException {
            server.write(bytes);
        }

        default void towardsClient(byte[] bytes, OutputStream client) throws IOException {
            client.write(bytes);
        }
    }

    /** Carries the bytes of one direction. */
    private interface Carrier {
        void carry(byte[] bytes, OutputStream out) throws IOException;

        /** The sender has closed the connection; when this returns, the other end hears of it. */
        default void end() {}
    }

    private static final byte[] AMQP_HEARTBEAT = {8, 0, 0, 0, 0, 0, 0, (byte) 0xCE};

    private static final byte AMQP_METHOD = 1;

    private final ServerSocket listening;
    private final URI server;
    private final Supplier<Tap> taps;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean swallowingRequests;
    private final AtomicInteger stalls = new AtomicInteger();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile boolean swallowingAnswers;
    /** Completes when it no longer swallows answers. */
    private volatile CompletableFuture<Void> hearing = CompletableFuture.completedFuture(null);

    /** @param server an address with host and port, such as {@code amqp://user:password@host:port/vhost} */
    public TcpProxy(String server) throws IOException {
        this(server, () -> Tap.OPEN);
    }

    /** @param taps gives every connection one of its own */
    TcpProxy(String server, Supplier<Tap> taps) throws IOException {
        this.server = URI.create(server);
        this.taps = taps;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A proxy that cuts each connection after the server has answered this many times. */
    public static TcpProxy cutAfter(int answers, String server) throws IOException {
        return new TcpProxy(server, () -> new Tap() {
            private int left = answers;

            @Override
            public void towardsClient(byte[] bytes, OutputStream client) throws IOException {
                if (left == 0) {
                    throw new IOException("cut as told");
                }
                left--;
                client.write(bytes);
            }
        });
    }

    /** A broker's node that takes connections, sends heartbeats, and answers nothing else. */
    public static TcpProxy silentNode(String server) throws IOException {
        return new TcpProxy(server, () -> new Tap() {
            private boolean silent;

            /** Channel 0 is the connection itself, until something is sent on another one. */
            @Override
            public void towardsServer(byte[] bytes, OutputStream out) throws IOException {
                silent |= bytes.length > 2 && bytes[0] == AMQP_METHOD && (bytes[1] | bytes[2]) != 0;
                if (!silent) {
                    out.write(bytes);
                } else if (endsWithHeartbeat(bytes)) {
                    out.write(AMQP_HEARTBEAT);
                }
            }
        });
    }

    /**
     * A proxy that cuts connections while it is told to: each as soon as something is sent on it.
     *
     * @param name of these connections, as their clients give it to the broker
     */
    public static TcpProxy cutting(String name, BooleanSupplier now, String server) throws IOException {
        return new TcpProxy(server, () -> new Tap() {
            private boolean named;

            @Override
            public void towardsServer(byte[] bytes, OutputStream out) throws IOException {
                named |= new String(bytes, StandardCharsets.ISO_8859_1).contains(name);
                if (named && now.getAsBoolean()) {
                    throw new IOException("cut as told");
                }
                out.write(bytes);
            }
        });
    }

    /** The server's address through this proxy. */
    public String uri() {
        String user = server.getRawUserInfo() == null ? "" : server.getRawUserInfo() + "@";
        return RootLocale.format(
                "%s://%s127.0.0.1:%d%s", server.getScheme(), user, listening.getLocalPort(), server.getRawPath());
    }

    /** From now on nothing reaches the server, and nobody is told: an AMQP client's heartbeats still arrive. */
    public void swallowRequests() {
        swallowingRequests = true;
    }

    /** From now on nothing from the server arrives, not even the end of its connection. */
    public void swallowAnswers() {
        hearing = new CompletableFuture<>();
        swallowingAnswers = true;
    }

    /** From now on nothing is read from the connections that are open now, at either end; new ones go through. */
    public void stall() {
        stalls.incrementAndGet();
    }

    /** Cuts every connection; new ones go through. */
    public void cut() {
        for (var socket : sockets) {
            close(socket);
            sockets.remove(socket);
        }
    }

    /** As if the server was down: cuts every connection, and every new one at once. */
    public void cutOff() {
        away = true;
        cut();
    }

    /** New connections go through; a connection that swallowed bytes is cut. */
    public void heal() {
        cut();
        swallowingRequests = false;
        swallowingAnswers = false;
        hearing.complete(null);
        away = false;
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                if (away) {
                    close(client);
                } else {
                    connect(client);
                }
            }
        } catch (IOException closed) {
            cut();
        }
    }

    private void connect(Socket client) {
        try {
            var upstream = new Socket(server.getHost(), server.getPort());
            sockets.addAll(List.of(client, upstream));
            // As with the programs themselves, no message waits until the one before is acknowledged.
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            if (away) {
                cut();
            }
            var tap = taps.get();
            int before = stalls.get();
            Thread.ofVirtual()
                    .start(() -> pump(client, upstream, (bytes, out) -> {
                        stopIfStalled(before);
                        if (!swallowingRequests) {
                            tap.towardsServer(bytes, out);
                        } else if (endsWithHeartbeat(bytes)) {
                            tap.towardsServer(AMQP_HEARTBEAT, out);
                        }
                    }));
            Thread.ofVirtual()
                    .start(() -> pump(upstream, client, new Carrier() {
                        @Override
                        public void carry(byte[] bytes, OutputStream out) throws IOException {
                            stopIfStalled(before);
                            if (!swallowingAnswers) {
                                tap.towardsClient(bytes, out);
                            }
                        }

                        @Override
                        public void end() {
                            hearing.join();
                        }
                    }));
        } catch (IOException serverGone) {
            close(client);
        }
    }

    /** @param before the number of stalls when the connection was opened */
    private void stopIfStalled(int before) {
        if (stalls.get() > before) {
            closed.join();
        }
    }

    /** On a busy machine a heartbeat can arrive in one piece with the bytes before it. */
    private static boolean endsWithHeartbeat(byte[] bytes) {
        int from = bytes.length - AMQP_HEARTBEAT.length;
        return from >= 0 && Arrays.equals(bytes, from, bytes.length, AMQP_HEARTBEAT, 0, AMQP_HEARTBEAT.length);
    }

    private static void pump(Socket from, Socket to, Carrier carrier) {
        var buffer = new byte[16_384];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                carrier.carry(Arrays.copyOf(buffer, read), out);
                out.flush();
            }
            carrier.end();
        } catch (IOException ended) {
            // The other end is closed: close both.
            return;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed in any case.
            return;
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException gone) {
            // It accepts no more connections in any case.
            away = true;
        }
        hearing.complete(null);
        closed.complete(null);
        cut();
    }
}
