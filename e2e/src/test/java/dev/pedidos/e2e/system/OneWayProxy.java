package dev.pedidos.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP proxy that can swallow what clients send while it still hands them what the server says. */
public final class OneWayProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean swallowing;

    public OneWayProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** From now on nothing reaches the server. */
    public void swallow() {
        swallowing = true;
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                var server = new Socket(host, port);
                sockets.addAll(List.of(client, server));
                Thread.ofVirtual().start(() -> pump(client, server, true));
                Thread.ofVirtual().start(() -> pump(server, client, false));
            }
        } catch (IOException closed) {
            closeAll();
        }
    }

    private void pump(Socket from, Socket to, boolean towardsServer) {
        var buffer = new byte[16_384];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!(towardsServer && swallowing)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException ended) {
            // The other end is gone: closing both is all there is to do.
            return;
        }
    }

    private void closeAll() {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket of the proxy does not close", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        closeAll();
    }
}
