package dev.pedidos.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real HTTP server. */
@Timeout(20)
class BoundedCallTest {

    @Test
    void theProxyOfTheJvmIsNotUsed() throws Exception {
        var usual = ProxySelector.getDefault();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            ProxySelector.setDefault(ProxySelector.of(nobody()));
            var call = new BoundedCall("cnpj", Duration.ofSeconds(10));
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(call.send(HttpRequest.newBuilder(url).build()).statusCode())
                    .isEqualTo(204);
        } finally {
            ProxySelector.setDefault(usual);
            server.stop(0);
        }
    }

    /** An address at which nothing listens. */
    private static InetSocketAddress nobody() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
    }
}
