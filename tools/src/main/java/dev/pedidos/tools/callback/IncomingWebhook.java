package dev.pedidos.tools.callback;

import com.sun.net.httpserver.HttpExchange;
import dev.pedidos.shared.runtime.WallClock;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.shared.webhook.WebhookSignature;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A webhook that came.
 *
 * @param id empty if it has none
 * @param body its first 4 MiB
 * @param fault the reason to refuse it; empty if its signature is right
 */
public record IncomingWebhook(String id, byte[] body, Optional<String> fault) {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** @param secrets are read now */
    public static IncomingWebhook read(HttpExchange exchange, SigningSecretsFile secrets) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
        String id = header(exchange, WebhookSignature.ID);
        Optional<String> fault = WebhookSignature.fault(
                secrets.read(),
                id,
                header(exchange, WebhookSignature.TIMESTAMP),
                header(exchange, WebhookSignature.SIGNATURE),
                body,
                TimeUnit.MICROSECONDS.toSeconds(WallClock.micros()));
        return new IncomingWebhook(id, body, fault);
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }
}
