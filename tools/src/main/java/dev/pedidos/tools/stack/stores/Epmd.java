package dev.pedidos.tools.stack.stores;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Erlang's port mapper. The first node starts it, and it runs on after all nodes have ended. */
final class Epmd {
    private static final int READ_MILLIS = 2_000;
    private static final int NAMES = 'n';
    private static final int KILL = 'k';

    private Epmd() {}

    /** Ends the port mapper on this port, if there is one and no node is registered with it. */
    static void stop(int port) {
        try {
            if (LoopbackPorts.answers(port) && nodes(port).isEmpty()) {
                ask(port, KILL).close();
            }
        } catch (IOException stranger) {
            // It does not speak epmd's protocol, or has just ended: there is nothing to end.
            return;
        }
    }

    private static String nodes(int port) throws IOException {
        try (Socket socket = ask(port, NAMES);
                DataInputStream answer = new DataInputStream(socket.getInputStream())) {
            if (answer.readInt() != port) {
                throw new IOException("no epmd");
            }
            return new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Socket ask(int port, int request) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        try {
            socket.setSoTimeout(READ_MILLIS);
            socket.getOutputStream().write(new byte[] {0, 1, (byte) request});
            if (request == KILL) {
                readOk(socket.getInputStream());
            }
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void readOk(InputStream answer) throws IOException {
        byte[] ok = answer.readNBytes(2);
        if (!"OK".equals(new String(ok, StandardCharsets.US_ASCII))) {
            throw new IOException("refused");
        }
    }
}
