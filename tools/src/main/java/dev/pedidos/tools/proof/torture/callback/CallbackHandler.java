package dev.pedidos.tools.proof.torture.callback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pedidos.shared.runtime.WallClock;
import dev.pedidos.shared.text.Sha256;
import dev.pedidos.shared.webhook.SecretFile;
import dev.pedidos.shared.webhook.WebhookSignature;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps what came, then answers as it is told to. */
final class CallbackHandler implements HttpHandler {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final SecretFile secrets;
    private final Received received;
    private final Supplier<Answer> answers;

    enum Answer {
        TAKEN,
        ERROR,
        /** The connection is closed. */
        NONE
    }

    CallbackHandler(SecretFile secrets, Received received, Supplier<Answer> answers) {
        this.secrets = secrets;
        this.received = received;
        this.answers = answers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
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
            if (fault.isPresent()) {
                received.refused(id, fault.get());
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            received.came(id, Sha256.hex(body));
            answer(exchange, id);
        }
    }

    private void answer(HttpExchange exchange, String id) throws IOException {
        switch (answers.get()) {
            case TAKEN -> {
                received.taken(id);
                exchange.sendResponseHeaders(204, -1);
            }
            case ERROR -> exchange.sendResponseHeaders(500, -1);
            case NONE -> throw new IOException("closes the connection");
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }
}
