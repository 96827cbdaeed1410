package dev.pedidos.e2e.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.webhook.WebhookSecret;
import dev.pedidos.shared.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client's endpoint for webhooks. */
public final class HookEndpoint implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** What it does with a webhook that came, the first one being number 1. */
    @FunctionalInterface
    public interface Script {
        /** Returns the status of its answer. */
        int answer(int number, HttpExchange exchange) throws Exception;
    }

    /** A webhook that came. */
    public record Hook(String id, String timestamp, String signatures, byte[] body, Instant came) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String pedidoId() {
            return json().path("data").path("pedido_id").stringValue("");
        }

        public boolean isSignedWith(String secret) {
            return WebhookSignature.fault(
                            WebhookSecret.ofLines(secret), id, timestamp, signatures, body, came.getEpochSecond())
                    .isEmpty();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();

    public HookEndpoint(Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", exchange -> take(exchange, script));
        server.start();
    }

    /** It takes everything. */
    public static HookEndpoint good() throws IOException {
        return new HookEndpoint((number, exchange) -> 204);
    }

    private void take(HttpExchange exchange, Script script) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            int number;
            synchronized (this) {
                hooks.add(new Hook(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        exchange.getRequestBody().readAllBytes(),
                        Instant.now()));
                number = hooks.size();
            }
            byte[] answer = "as scripted".getBytes(StandardCharsets.UTF_8);
            int status = script.answer(number, exchange);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
            if (status != 204) {
                exchange.getResponseBody().write(answer);
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks?token=of-the-client";
    }

    public List<Hook> hooks() {
        return List.copyOf(hooks);
    }

    public List<Hook> of(String pedidoId) {
        return hooks.stream().filter(hook -> hook.pedidoId().equals(pedidoId)).toList();
    }

    public void await(String what, Predicate<List<Hook>> enough) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> enough.test(hooks()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
