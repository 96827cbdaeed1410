package dev.pedidos.e2e.read;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Pedidos that call back, and a system that may call this machine. */
final class Callbacks {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** Of a call. None ends by it. */
    static final long TIMEOUT_MS = 60_000;

    private Callbacks() {}

    /** @param secrets the file of those that webhooks are signed with */
    static TestSystem system(String name, Path secrets) throws IOException, InterruptedException {
        return TestSystem.start(
                name,
                Map.of(
                        "PEDIDOS_CALLBACK_HOSTS", "127.0.0.1",
                        "PEDIDOS_WEBHOOK_SECRET_FILE", secrets.toString(),
                        "PEDIDOS_WEBHOOK_TIMEOUT_MS", Long.toString(TIMEOUT_MS),
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "100",
                        "PEDIDOS_RETRY_MAX_MS", "400",
                        "PEDIDOS_MAX_TENTATIVAS", "2"));
    }

    /** In a line of its own. */
    static String pedido(String id, String item, String url) {
        return withCallback(Client.pedido(id, id, item), url);
    }

    /** In a line of its own. */
    static String simulado(String id, String dados, String url) {
        return withCallback(Client.simulado(id, id, dados), url);
    }

    private static String withCallback(String body, String url) {
        return body.substring(0, body.length() - 1) + ",\"callback_url\":\"" + url + "\"}";
    }
}
