package dev.pedidos.tools.proof.torture.callback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pedidos.shared.text.Sha256;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.tools.callback.IncomingWebhook;
import java.io.IOException;
import java.util.function.Supplier;

/** Keeps what came, then answers as it is told to. */
final class CallbackHandler implements HttpHandler {
    private final SigningSecretsFile secrets;
    private final Received received;
    private final Supplier<Answer> answers;

    enum Answer {
        TAKEN,
        ERROR,
        /** The connection is closed. */
        NONE
    }

    CallbackHandler(SigningSecretsFile secrets, Received received, Supplier<Answer> answers) {
        this.secrets = secrets;
        this.received = received;
        this.answers = answers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var webhook = IncomingWebhook.read(exchange, secrets);
            String id = webhook.id();
            if (webhook.fault().isPresent()) {
                received.refused(id, webhook.fault().get());
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            received.came(id, Sha256.hex(webhook.body()));
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
}
