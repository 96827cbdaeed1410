package dev.pedidos.e2e.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
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
    private volatile HttpServer server;
    private final int port;

    private FakeProvider(Duration latency) throws IOException {
        this.latency = latency;
        server = listen(0);
        port = server.getAddress().getPort();
    }

    public static void main(String[] arguments) throws Exception {
        var provider = new FakeProvider(Duration.ofMillis(Long.parseLong(arguments[0])));
        var control = provider.control();
        System.out.println(provider.port + " " + control.getAddress().getPort());
        // Until the test that has started it ends.
        new Semaphore(0).acquire();
    }

    private HttpServer control() throws IOException {
        var control = open(0);
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
            server = listen(port);
            send(exchange, 200, "");
        });
        control.start();
        return control;
    }

    private HttpServer open(int wanted) throws IOException {
        var opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 1_000);
        opened.setExecutor(threads);
        return opened;
    }

    private HttpServer listen(int wanted) throws IOException {
        var opened = open(wanted);
        opened.createContext("/", this::answer);
        opened.start();
        return opened;
    }

    private void answer(HttpExchange exchange) throws IOException {
        long beginning = System.currentTimeMillis();
        String path = exchange.getRequestURI().getPath();
        String cnpj = path.substring(path.lastIndexOf('/') + 1);
        int status = status(cnpj);
        var call = new ProviderCall(cnpj, beginning, ProviderCall.NOT_ANSWERED);
        var place = new AtomicReference<>(call);
        calls.add(place);
        if (begun.incrementAndGet() == downAfter) {
            threads.execute(() -> server.stop(0));
        }
        try {
            Thread.sleep(latency);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (status == 429) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        send(exchange, status, status == 200 ? company(cnpj) : "{\"message\":\"" + status + "\"}");
        place.set(call.answered(status));
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
