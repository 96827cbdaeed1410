package dev.pedidos.worker.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A connection to the first address of a host that takes one. Closing it ends whatever is done with it. */
public final class HttpConnection implements AutoCloseable {

    private static final int MOST_ADDRESSES = 3;

    private Socket socket = new Socket(Proxy.NO_PROXY);
    private boolean closed;
    private volatile Optional<InetSocketAddress> server = Optional.empty();

    /**
     * Tries the addresses in turn. Each gets its share of the time that is left, so a silent one leaves time to the next.
     *
     * @param longest for each address
     * @param deadline for all of them
     * @throws IOException of the last one that was tried
     */
    public Socket open(List<InetAddress> addresses, int port, Duration longest, Deadline deadline) throws IOException {
        int left = Math.min(addresses.size(), MOST_ADDRESSES);
        for (var address : addresses) {
            var share = deadline.remaining().dividedBy(left);
            left--;
            try {
                return connected(new InetSocketAddress(address, port), Collections.min(List.of(longest, share)));
            } catch (IOException e) {
                if (left == 0 || deadline.isOver()) {
                    throw e;
                }
            }
        }
        throw new SocketException("no address");
    }

    private Socket connected(InetSocketAddress address, Duration within) throws IOException {
        int millis = (int) within.toMillis();
        if (millis == 0) {
            throw new SocketTimeoutException();
        }
        var next = nextSocket();
        next.connect(address, millis);
        next.setTcpNoDelay(true);
        server = Optional.of(address);
        return next;
    }

    /** One that could not connect cannot be used again. */
    private synchronized Socket nextSocket() throws IOException {
        if (closed) {
            throw new SocketException("closed");
        }
        socket.close();
        socket = new Socket(Proxy.NO_PROXY);
        return socket;
    }

    /** Which address has taken the connection. */
    public Optional<InetSocketAddress> server() {
        return server;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        socket.close();
    }
}
