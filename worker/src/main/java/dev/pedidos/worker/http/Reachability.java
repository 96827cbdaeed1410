package dev.pedidos.worker.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Whether a server takes connections now. */
public final class Reachability {

    /** A server that ends may close its connections a moment before its port. */
    private static final Duration STAYS_OPEN = Duration.ofMillis(200);

    private Reachability() {}

    public static boolean isReachable(InetSocketAddress server, Duration connectTimeout) {
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(server, (int) connectTimeout.toMillis());
            return staysOpen(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean staysOpen(Socket socket) throws IOException {
        socket.setSoTimeout((int) STAYS_OPEN.toMillis());
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException open) {
            return true;
        }
    }
}
