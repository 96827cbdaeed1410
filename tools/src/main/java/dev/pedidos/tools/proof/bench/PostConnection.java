package dev.pedidos.tools.proof.bench;

import dev.pedidos.shared.text.Digits;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One keep-alive connection for POSTs. It knows just enough of HTTP, because the processor time of a benchmark's client is
 * taken from the system that it measures.
 */
final class PostConnection implements Closeable {
    private static final int ANSWER_WITHIN_MS = 60_000;
    private static final int LONGEST_ANSWER = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final Socket socket;
    private final String head;
    private final byte[] answer = new byte[LONGEST_ANSWER];
    private int filled;

    PostConnection(URI api) throws IOException {
        socket = new Socket(api.getHost(), api.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_WITHIN_MS);
        head = "POST /pedidos HTTP/1.1\r\nHost: " + api.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    /** Returns the status of the answer. */
    int post(byte[] json) throws IOException {
        byte[] start = (head + json.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + json.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(json, 0, request, start.length, json.length);
        socket.getOutputStream().write(request);
        return status();
    }

    private int status() throws IOException {
        filled = 0;
        int bodyAt = -1;
        while (bodyAt < 0) {
            read();
            bodyAt = bodyAt();
        }
        String text = new String(answer, 0, bodyAt, StandardCharsets.ISO_8859_1);
        var length = LENGTH.matcher(text);
        if (!length.find()) {
            throw new IOException("an answer of POST /pedidos has no Content-Length");
        }
        int end = bodyAt + Digits.toInt(length.group(1));
        while (filled < end) {
            read();
        }
        return Digits.toInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    private void read() throws IOException {
        InputStream in = socket.getInputStream();
        int count = in.read(answer, filled, answer.length - filled);
        if (count <= 0) {
            throw new EOFException("the API closed the connection before its answer to POST /pedidos was complete");
        }
        filled += count;
    }

    /** -1: the head is not complete. */
    private int bodyAt() {
        for (int i = 3; i < filled; i++) {
            if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n' && answer[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
