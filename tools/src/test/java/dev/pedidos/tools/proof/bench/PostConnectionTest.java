package dev.pedidos.tools.proof.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PostConnectionTest {
    @Test
    void oneConnectionPostsOneAfterTheOther() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/pedidos", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            clients.add(exchange.getRemoteAddress());
            byte[] answer = "{\"status\":\"PENDING\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(bodies.size() == 2 ? 503 : 202, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (var connection = new PostConnection(address(server.getAddress().getPort()))) {
            assertThat(connection.post("{\"n\":1}".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(202);
            assertThat(connection.post("{\"n\":2}".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(503);
            assertThat(connection.post("{\"n\":3}".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(202);
        } finally {
            server.stop(0);
        }
        assertThat(bodies).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        assertThat(clients).as("one connection").containsOnly(clients.getFirst());
    }

    @Test
    void aConnectionThatEndsBeforeTheAnswerIsAnError() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var connection = new PostConnection(address(server.getLocalPort()))) {
            server.accept().close();

            assertThatThrownBy(() -> connection.post(new byte[2]))
                    .isInstanceOfAny(EOFException.class, SocketException.class);
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
