package dev.pedidos.worker.webhook;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that does with each connection what a test wants. */
final class ScriptedEndpoint implements AutoCloseable {
    /** What it does with a connection; an IOException ends it. */
    @FunctionalInterface
    interface Script {
        void run(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private final BlockingQueue<String> requests;

    private ScriptedEndpoint(ServerSocket server, BlockingQueue<String> requests, Script script) {
        this.server = server;
        this.requests = requests;
        Thread.ofVirtual().start(() -> accept(script));
    }

    static ScriptedEndpoint of(Script script) throws IOException {
        return over(loopback(), script);
    }

    static ScriptedEndpoint over(ServerSocket server, Script script) {
        return new ScriptedEndpoint(server, new LinkedBlockingQueue<>(), script);
    }

    /** Reads the request, then writes this. */
    static ScriptedEndpoint answering(String answer) throws IOException {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        return new ScriptedEndpoint(loopback(), requests, socket -> {
            requests.add(request(socket.getInputStream()));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    private void accept(Script script) {
        while (true) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, script));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Script script) {
        try (socket) {
            script.run(socket);
        } catch (Exception e) {
            // The client ended it.
        }
    }

    static String request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no head");
            }
            head.append((char) b);
        }
        String length = head.toString().replaceAll("(?s).*Content-Length: ([0-9]+)\r\n.*", "$1");
        return head + new String(in.readNBytes(Digits.toInt(length)), StandardCharsets.UTF_8);
    }

    /** Writes the same again until the client has gone. */
    static void writeForEver(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        while (true) {
            out.write(bytes);
        }
    }

    BlockingQueue<String> requests() {
        return requests;
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
