package dev.pedidos.shared.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.config.Settings;
import dev.pedidos.shared.text.RootLocale;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Serves health and metrics for a program without an HTTP API. */
public final class ProbeServer implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String NOT_FOUND = """
            {"type":"/problems/not-found","title":"Not found","status":404,\
            "detail":"This port serves %s."}""";
    private static final String NOT_ALLOWED = """
            {"type":"/problems/method-not-allowed","title":"Method not allowed","status":405,\
            "detail":"See the Allow header."}""";

    private static final String NO_PARAMETERS = """
            {"type":"/problems/invalid-fields","title":"Some fields are faulty","status":422,\
            "detail":"Nothing was read; see errors.","errors":[%s]}""";
    private static final String UNKNOWN_PARAMETER = """
            {"field":"%s","message":"unknown parameter"}""";
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int UNAVAILABLE = 503;
    /** For the head of a request, and for its answer. */
    private static final String CLIENT_SECONDS = "10";

    static {
        // The JDK's server reads these once. Without them it waits for a slow client for ever.
        for (String limit : List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime")) {
            System.setProperty(limit, System.getProperty(limit, CLIENT_SECONDS));
        }
    }

    private final HttpServer server;
    /** Without it the server reads one request after the other: a client that stops in one would stop all. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final String notFound;

    /** @throws CannotListen the port is taken, or the host is not an address of this machine */
    public ProbeServer(String host, int port, Probes probes, Telemetry telemetry) {
        this(
                listening(host, port, Settings.WORKER_HOST.name() + ", " + Settings.WORKER_PORT.name()),
                telemetry,
                "/healthz, /readyz and /metrics");
        serve("/healthz", JSON, probes::healthz);
        serve("/readyz", JSON, probes::readyz);
        server.start();
    }

    private ProbeServer(HttpServer server, Telemetry telemetry, String paths) {
        this.server = server;
        server.setExecutor(threads);
        notFound = RootLocale.format(NOT_FOUND, paths);
        serve("/metrics", Telemetry.CONTENT_TYPE, () -> new Probes.Answer(200, telemetry.scrape()));
        server.createContext("/", exchange -> answer(exchange, PROBLEM, new Probes.Answer(404, notFound)));
    }

    /**
     * Serves the metrics alone.
     *
     * @param options name the address in the message of the exception
     * @throws CannotListen as above
     */
    public static ProbeServer ofMetrics(String options, String host, int port, Telemetry telemetry) {
        var probes = new ProbeServer(listening(host, port, options), telemetry, "/metrics");
        probes.server.start();
        return probes;
    }

    private static HttpServer listening(String host, int port, String settings) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (IOException e) {
            throw new CannotListen(settings, host + ":" + port, e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(String path, String contentType, Supplier<Probes.Answer> probe) {
        server.createContext(path, exchange -> {
            String method = exchange.getRequestMethod();
            String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
            if (!exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, PROBLEM, new Probes.Answer(404, notFound));
            } else if (!query.isEmpty()) {
                answer(exchange, PROBLEM, new Probes.Answer(422, noParameters(query)));
            } else if (method.equals("GET") || method.equals("HEAD")) {
                answer(exchange, contentType, probe.get());
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                answer(exchange, PROBLEM, new Probes.Answer(405, NOT_ALLOWED));
            }
        });
    }

    private static String noParameters(String query) {
        return RootLocale.format(
                NO_PARAMETERS,
                Arrays.stream(query.split("&", -1))
                        .map(pair -> pair.split("=", 2)[0])
                        .distinct()
                        .map(name -> PLAIN_NAME.matcher(name).matches() ? name : "?")
                        .map(name -> RootLocale.format(UNKNOWN_PARAMETER, name))
                        .collect(Collectors.joining(",")));
    }

    private static void answer(HttpExchange exchange, String contentType, Probes.Answer answer) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            if (answer.status() == UNAVAILABLE) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
                return;
            }
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
