package dev.pedidos.worker.provider;

import static dev.pedidos.worker.provider.ScriptedProvider.CNPJ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real HTTP server that is down, silent or endless, cuts the connection or sends the question elsewhere. */
@Timeout(20)
class ProviderConnectionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BROKEN_OFF = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{";

    private ScriptedProvider server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedProvider();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.script(exchange -> {
            exchange.getResponseHeaders().set("Location", server.url() + "/elsewhere");
            ScriptedProvider.send(exchange, 302, "");
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ)).isInstanceOf(TransientFailure.class);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        server.script(exchange -> server.over.await());
        assertThatThrownBy(() -> server.provider("brasilapi", Duration.ofMillis(200), Optional.empty())
                        .ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: it did not answer within 200 ms");
    }

    @Test
    void aBodyThatDoesNotEndIsGivenUp() {
        server.script(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            server.over.await();
        });
        assertThatThrownBy(() -> server.provider("brasilapi", Duration.ofMillis(300), Optional.empty())
                        .ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: it did not answer within 300 ms");
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        server.script(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[65_536];
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(piece);
            }
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: its answer has more than 262144 bytes");
    }

    @Test
    void aServerThatIsDownIsUnavailable() {
        var provider = server.provider("brasilapi");
        server.stop();
        assertThatThrownBy(() -> provider.ask(CNPJ))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessage("cnpj: no connection can be made");
    }

    @Test
    void aServerThatCutsTheConnectionHasFailed() throws Exception {
        assertThatThrownBy(() -> askOne(ProviderConnectionTest::cut)).isInstanceOf(TransientFailure.class);
    }

    @Test
    void aServerThatEndsIsUnavailable() throws Exception {
        assertThatThrownBy(() -> askOne(raw -> {
                    try (var connection = raw.accept()) {
                        raw.close();
                        breakOff(connection);
                    }
                }))
                .isInstanceOf(DependencyUnavailable.class);
    }

    @Test
    void aServerThatClosesItsConnectionsBeforeItsPortIsUnavailable() throws Exception {
        var client = new BoundedHttpClient(Provider.NAME, PATIENCE, PATIENCE, InetAddress::getAllByName);
        try (var raw = serving(socket -> {
            cut(socket);
            socket.accept().close();
        })) {
            assertThatThrownBy(() -> client.get(url(raw).resolve("/"), Map.of()))
                    .isInstanceOf(DependencyUnavailable.class)
                    .hasMessage("cnpj: its answer cannot be read: it breaks off, and it takes no connection now");
        }
    }

    @Test
    void aPauseUntilATimeIsKeptThoughTheAnswerHasNoDate() throws Exception {
        assertThatThrownBy(() -> askOne(
                        raw -> answer(raw, "HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n\r\n")))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 99\r\n\r\n{",
                "Transfer-Encoding: chunked\r\n\r\nzzz",
                "Content-Length: 300000\r\n\r\n",
            })
    void anAnswerWhoseBodyIsBrokenCountsByItsHead(String broken) throws Exception {
        assertThatThrownBy(() -> askOne(raw -> answer(raw, "HTTP/1.1 429 No\r\nRetry-After: 37\r\n" + broken)))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(37)));
        assertThatThrownBy(() -> askOne(raw -> answer(raw, "HTTP/1.1 503 No\r\nRetry-After: 37\r\n" + broken)))
                .isInstanceOf(DependencyBusy.class);
        assertThatThrownBy(() -> askOne(raw -> answer(raw, "HTTP/1.1 401 No\r\n" + broken)))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessage("cnpj: it refuses the token, it answered 401");
        assertThatThrownBy(() -> askOne(raw -> answer(raw, "HTTP/1.1 403 No\r\n" + broken)))
                .isInstanceOf(DependencyUnavailable.class);
        assertThatThrownBy(() -> askOne(raw -> answer(raw, "HTTP/1.1 400 No\r\n" + broken)))
                .isInstanceOf(PermanentFailure.class);
    }

    @Test
    void aBodyThatNeverEndsDoesNotHideTheStatus() {
        server.script(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "37");
            exchange.sendResponseHeaders(429, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            server.over.await();
        });
        assertThatThrownBy(() -> server.provider("brasilapi").ask(CNPJ)).isInstanceOf(DependencyBusy.class);
    }

    private interface Server {
        void run(ServerSocket socket) throws IOException;
    }

    private static void askOne(Server server) throws Exception {
        try (var raw = serving(server)) {
            new Provider(new ProviderConfig(
                            url(raw), ResponseShape.of("brasilapi"), PATIENCE, Optional.empty(), Duration.ofDays(1)))
                    .ask(CNPJ);
        }
    }

    private static ServerSocket serving(Server server) throws IOException {
        var raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                server.run(raw);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return raw;
    }

    private static URI url(ServerSocket raw) {
        return URI.create("http://127.0.0.1:" + raw.getLocalPort());
    }

    private static void cut(ServerSocket server) throws IOException {
        answer(server, BROKEN_OFF);
    }

    private static void breakOff(Socket connection) throws IOException {
        answer(connection, BROKEN_OFF);
    }

    private static void answer(ServerSocket server, String answer) throws IOException {
        try (var connection = server.accept()) {
            answer(connection, answer);
        }
    }

    private static void answer(Socket connection, String answer) throws IOException {
        var unused = connection.getInputStream().read(new byte[8_192]);
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }
}
