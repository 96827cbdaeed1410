package dev.pedidos.api.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what no client library would send. */
final class RawHttp {
    private static final int PATIENCE_MS = 30_000;

    private RawHttp() {}

    /** A client that takes its answer slowly: it has asked, and has room for 4 KiB. */
    static Socket slow(int port, String text) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** All that comes back until the server closes. */
    static String answer(int port, String request) throws IOException {
        return new String(bytes(port, request), StandardCharsets.UTF_8);
    }

    static byte[] bytes(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return socket.getInputStream().readAllBytes();
        }
    }
}
