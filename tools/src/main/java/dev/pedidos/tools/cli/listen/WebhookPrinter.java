package dev.pedidos.tools.cli.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pedidos.shared.runtime.WallClock;
import dev.pedidos.shared.webhook.SecretFile;
import dev.pedidos.shared.webhook.WebhookSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Prints each request in one line: whether it is a genuine webhook, its id, its body. The secrets are read again each time. */
final class WebhookPrinter implements HttpHandler {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final SecretFile secrets;
    private final Consumer<String> out;

    WebhookPrinter(SecretFile secrets, Consumer<String> out) {
        this.secrets = secrets;
        this.out = out;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String line;
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
            String id = header(exchange, WebhookSignature.ID);
            Optional<String> fault = WebhookSignature.fault(
                    secrets.read(),
                    id,
                    header(exchange, WebhookSignature.TIMESTAMP),
                    header(exchange, WebhookSignature.SIGNATURE),
                    body,
                    TimeUnit.MICROSECONDS.toSeconds(WallClock.micros()));
            String verdict = fault.map(why -> "NOT VERIFIED (" + why + ")").orElse("verified");
            line = printable(verdict + " " + id + " " + new String(body, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(fault.isEmpty() ? 204 : 401, -1);
        }
        out.accept(line);
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    /** Anybody may send something: it must not control the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
