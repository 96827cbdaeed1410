package dev.pedidos.e2e.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A provider of company data, as a program. It answers late and in BrasilAPI's shape. The first question about each fortieth company is
 * answered 429, that about each fifteenth 500. Each twentieth company is BAIXADA, each twenty-fifth unknown. Every question about one
 * from 90,000,000 on is answered 500. A company is known by the number before its branch.
 *
 * <p>It goes down in a sure order: it cuts its connections only when its port takes no new one.
 *
 * <p>Arguments: the latency in ms. It prints its own port and that of its control: {@code /calls} gives the log,
 * {@code /down-after?n} closes the port and its connections at the n-th call, {@code /up} opens it again.
 */
public final class FakeProvider {

    private static final int BUSY_EVERY = 40;
    private static final int FAILS_EVERY = 15;
    private static final int CLOSED_EVERY = 20;
    private static final int UNKNOWN_EVERY = 25;
    private static final int ALWAYS_FAILS_FROM = 90_000_000;

    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Boolean> asked = new ConcurrentHashMap<>();
    private final Queue<AtomicReference<ProviderCall>> calls = new ConcurrentLinkedQueue<>();
    private final Duration latency;
    private final AtomicInteger begun = new AtomicInteger();
    private volatile int downAfter = Integer.MAX_VALUE;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private final int port;

    private FakeProvider(Duration latency) throws IOException {
        this.latency = latency;
        listening = listen(0);
        port = listening.getLocalPort();
    }

    public static void main(String[] arguments) throws Exception {
        var provider = new FakeProvider(Duration.ofMillis(Long.parseLong(arguments[0])));
        var control = provider.control();
        System.out.println(provider.port + " " + control.getAddress().getPort());
        // Until the test that has started it ends.
        new Semaphore(0).acquire();
    }

    private HttpServer control() throws IOException {
        var control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.setExecutor(threads);
        control.createContext("/calls", exchange -> {
            var log = new StringBuilder();
            calls.forEach(call ->
                    log.append(Objects.requireNonNull(call.get()).line()).append('\n'));
            send(exchange, 200, log.toString());
        });
        control.createContext("/down-after", exchange -> {
            downAfter = Integer.parseInt(exchange.getRequestURI().getQuery());
            send(exchange, 200, "");
        });
        control.createContext("/up", exchange -> {
            listening = listen(port);
            send(exchange, 200, "");
        });
        control.start();
        return control;
    }

    private ServerSocket listen(int wanted) throws IOException {
        var opened = new ServerSocket(wanted, 1_000, InetAddress.getLoopbackAddress());
        threads.execute(() -> acceptUntilClosed(opened));
        return opened;
    }

    private void acceptUntilClosed(ServerSocket opened) {
        try {
            while (true) {
                var connection = opened.accept();
                open.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
            var head = in.lines().takeWhile(line -> !line.isEmpty()).toList();
            // Who only looks whether the port is open sends none.
            if (!head.isEmpty()) {
                String path = head.getFirst().split(" ", -1)[1];
                answer(path.substring(path.lastIndexOf('/') + 1), connection);
            }
        } catch (IOException | UncheckedIOException cut) {
            return;
        } finally {
            open.remove(connection);
        }
    }

    private void answer(String cnpj, Socket connection) throws IOException {
        long beginning = System.currentTimeMillis();
        int status = status(cnpj);
        var call = new ProviderCall(cnpj, beginning, ProviderCall.NOT_ANSWERED);
        var place = new AtomicReference<>(call);
        calls.add(place);
        if (begun.incrementAndGet() == downAfter) {
            goDown();
        }
        try {
            Thread.sleep(latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // First: whoever has an answer finds it in the log.
        place.set(call.answered(status));
        try {
            connection.getOutputStream().write(response(cnpj, status));
        } catch (IOException cut) {
            place.set(call);
            throw cut;
        }
    }

    private static byte[] response(String cnpj, int status) {
        String body = status == 200 ? company(cnpj) : "{\"message\":\"" + status + "\"}";
        return ("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + (status == 429 ? "Retry-After: 1\r\n" : "")
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void goDown() throws IOException {
        listening.close();
        while (takesConnections()) {
            Thread.onSpinWait();
        }
        for (var connection : open) {
            connection.close();
        }
    }

    private boolean takesConnections() throws IOException {
        try (var connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connected.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    private int status(String cnpj) {
        int company = Integer.parseInt(cnpj.substring(0, 8));
        boolean first = asked.put(cnpj, true) == null;
        if (first && company % BUSY_EVERY == 0) {
            return 429;
        }
        if (company >= ALWAYS_FAILS_FROM || (first && company % FAILS_EVERY == 0)) {
            return 500;
        }
        return company % UNKNOWN_EVERY == 0 ? 404 : 200;
    }

    private static String company(String cnpj) {
        boolean closed = Integer.parseInt(cnpj.substring(0, 8)) % CLOSED_EVERY == 0;
        return "{\"cnpj\":\"" + cnpj + "\",\"razao_social\":\"EMPRESA " + cnpj.substring(0, 8)
                + "\",\"descricao_situacao_cadastral\":\"" + (closed ? "BAIXADA" : "ATIVA") + "\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
