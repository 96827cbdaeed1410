package dev.pedidos.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.tools.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Commands against an API whose answers the test gives. Its addresses begin with {@code /ped}. */
final class CommandsUnderTest implements AutoCloseable {
    private static final Answer TAKEN =
            new Answer(202, "{\"redrive_id\":\"1\",\"pedido_id\":\"p\",\"recebedor_id\":\"r\",\"task_id\":\"t-1\"}");

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private record Answer(int status, String body) {}

    CommandsUnderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ped", this::answer);
        server.start();
    }

    /**
     * Of several answers to the same calls each is given once, and the last one again and again.
     *
     * @param call begins so: method, address and body, with a space between two
     */
    void answer(String call, int status, String body) {
        answers.computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>()).add(new Answer(status, body));
    }

    int run(String... words) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/ped";
        return Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(out, true))
                .execute(Stream.concat(Arrays.stream(words), Stream.of("--url", url))
                        .toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** Method, address and body of each call. */
    List<String> asked() {
        return asked;
    }

    /** The header X-Key of the calls that have it. */
    List<String> keys() {
        return keys;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(call);
        String key = exchange.getRequestHeaders().getFirst("X-Key");
        if (key != null) {
            keys.add(key);
        }
        Answer answer = next(call);
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer next(String call) {
        return answers.keySet().stream()
                .filter(call::startsWith)
                .max(Comparator.comparing(String::length))
                .map(answers::get)
                .map(left -> left.size() > 1 ? left.remove() : left.element())
                .orElse(TAKEN);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
