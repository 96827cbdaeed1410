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
    public static final Duration STAYS_OPEN = Duration.ofMillis(200);

    private Reachability() {}

    /** @param mustStayOpen how long its connection must stay open: {@link #STAYS_OPEN}, or a time of a test */
    public static boolean isReachable(InetSocketAddress server, Duration connectTimeout, Duration mustStayOpen) {
        try (var socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(server, (int) connectTimeout.toMillis());
            return staysOpen(socket, mustStayOpen);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean staysOpen(Socket socket, Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException open) {
            return true;
        }
    }
}
