package dev.pedidos.tools.cli.listen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pedidos.shared.webhook.SigningSecretsFile;
import dev.pedidos.tools.callback.IncomingWebhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Prints each request in one line: whether it is a genuine webhook, its id, its body. The secrets are read again each time. */
final class WebhookPrinter implements HttpHandler {
    private final SigningSecretsFile secrets;
    private final Consumer<String> out;

    WebhookPrinter(SigningSecretsFile secrets, Consumer<String> out) {
        this.secrets = secrets;
        this.out = out;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String line;
        try (exchange) {
            var webhook = IncomingWebhook.read(exchange, secrets);
            var fault = webhook.fault();
            String verdict = fault.map(why -> "NOT VERIFIED (" + why + ")").orElse("verified");
            line = printable(verdict + " " + webhook.id() + " " + new String(webhook.body(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(fault.isEmpty() ? 204 : 401, -1);
        }
        out.accept(line);
    }

    /** Anybody may send something: it must not control the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
    }
}
