package dev.pedidos.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.http.Reachability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Against a real HTTP server. */
@Isolated("it changes the JVM's proxy")
@Timeout(20)
class BoundedHttpClientTest {

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
            var client = new BoundedHttpClient("cnpj", Duration.ofSeconds(10));
            var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(client.get(url, Map.of()).head().status()).isEqualTo(204);
        } finally {
            ProxySelector.setDefault(usual);
            server.stop(0);
        }
    }

    @Test
    void aRequestIsSentOnceThoughItsConnectionEndsWithoutAWord() throws Exception {
        var requests = new AtomicInteger();
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerTheFirst(server, requests));
            var client = new BoundedHttpClient("cnpj", Duration.ofSeconds(10));
            var url = url(server);

            assertThat(client.get(url, Map.of()).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{}");
            assertThatThrownBy(() -> client.get(url, Map.of()))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessage("cnpj: its answer cannot be read: it breaks off");
            assertThat(requests).hasValue(2);
        }
    }

    /** Keeps the connection of the first answer open, and ends each that brings a later request. */
    private static void answerTheFirst(ServerSocket server, AtomicInteger requests) {
        while (true) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection, requests));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket connection, AtomicInteger requests) {
        try (connection;
                var lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && requests.incrementAndGet() > 1) {
                    return;
                } else if (line.isEmpty()) {
                    connection
                            .getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The client ended it.
        }
    }

    @Test
    void aBodyInChunksIsPutTogetherAndOneThatBreaksOffIsNoAnswer() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\n{\"a\":\r\n";
        var client = new BoundedHttpClient("cnpj", Duration.ofSeconds(10));
        try (var whole = answering(head + "2\r\n1}\r\n0\r\n\r\n");
                var broken = answering(head + "2\r\n1")) {
            assertThat(client.get(url(whole), Map.of()).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{\"a\":1}");
            assertThatThrownBy(() -> client.get(url(broken), Map.of())).isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void theNextAddressIsAskedIfOneTakesNoConnection() throws Exception {
        try (var server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) {
            var url = URI.create("http://provider.test:" + server.getLocalPort() + "/");

            assertThat(resolvingTo("127.0.0.2", "127.0.0.1").get(url, Map.of()).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{}");
            assertThatThrownBy(() -> resolvingTo("127.0.0.2", "127.0.0.3").get(url, Map.of()))
                    .isInstanceOf(DependencyUnavailable.class)
                    .hasMessage("cnpj: no connection can be made");
        }
    }

    /** The other address would take a connection now. */
    @Test
    void theServerThatWasAskedIsTheOneThatMustBeUp() throws Exception {
        try (var first = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                var other = new ServerSocket(first.getLocalPort(), 50, InetAddress.getByName("127.0.0.2"))) {
            Thread.ofVirtual().start(() -> takeOneAndEnd(first));
            var url = URI.create("http://provider.test:" + other.getLocalPort() + "/");

            assertThatThrownBy(() -> resolvingTo("127.0.0.1", "127.0.0.2").get(url, Map.of()))
                    .isInstanceOf(DependencyUnavailable.class)
                    .hasMessage("cnpj: its answer cannot be read: it breaks off, and it takes no connection now");
        }
    }

    private static void takeOneAndEnd(ServerSocket server) {
        try (var connection = server.accept()) {
            server.close();
            var unused = connection.getInputStream().read(new byte[1_000]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BoundedHttpClient resolvingTo(String... addresses) {
        return new BoundedHttpClient("cnpj", Duration.ofSeconds(10), Reachability.STAYS_OPEN, host -> {
            var resolved = new InetAddress[addresses.length];
            for (int i = 0; i < addresses.length; i++) {
                resolved[i] = InetAddress.getByName(addresses[i]);
            }
            return resolved;
        });
    }

    @Test
    void aServerThatDoesNotFinishTheHandshakeWasNotCalled() throws Exception {
        var client = new BoundedHttpClient("cnpj", Duration.ofSeconds(10));
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> client.get(url, Map.of())).isInstanceOf(DependencyUnavailable.class);
        }
    }

    @Test
    void aLineOfTheHeadThatIsNoFieldIsIgnored() throws Exception {
        var client = new BoundedHttpClient("cnpj", Duration.ofSeconds(10));
        try (var server = answering("HTTP/1.1 200 OK\r\n : x\r\n\u0001a: 1\r\na: 2\r\nContent-Length: 2\r\n\r\n{}")) {
            assertThat(client.get(url(server), Map.of()).body())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{}");
        }
    }

    private static URI url(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    /** Gives each connection this answer, and ends it. */
    private static ServerSocket answering(String answer) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (var connection = server.accept()) {
                    var unused = connection.getInputStream().read(new byte[1_000]);
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The client or the test ended it.
                }
            }
        });
        return server;
    }

    /** An address at which nothing listens. */
    private static InetSocketAddress nobody() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        }
    }
}
