package dev.pedidos.worker.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.runtime.SecretFile;
import dev.pedidos.worker.despesa.CnpjDespesaHandler;
import dev.pedidos.worker.handler.DependencyBusy;
import dev.pedidos.worker.handler.DependencyUnavailable;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.TransientFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real HTTP server. */
@Timeout(20)
class ProviderTest {

    private static final String CNPJ = "19131243000197";
    private static final String BRASILAPI = "{\"cnpj\":\"19131243000197\",\"razao_social\":\"OPEN KNOWLEDGE BRASIL\","
            + "\"situacao_cadastral\":2,\"descricao_situacao_cadastral\":\"ATIVA\",\"qsa\":[]}";
    private static final String CNPJWS = "{\"razao_social\":\"OPEN KNOWLEDGE BRASIL\",\"estabelecimento\":"
            + "{\"cnpj\":\"19131243000197\",\"situacao_cadastral\":\"Baixada\"}}";

    private final List<String> asked = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @FunctionalInterface
    private interface Script {
        void answer(HttpExchange exchange) throws Exception;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void script(Script script) {
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("x_api_token")));
            try {
                script.answer(exchange);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    private void answers(int status, String body) {
        script(exchange -> send(exchange, status, body));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/cnpj/v1");
    }

    private Provider provider(String formato) {
        return provider(formato, Duration.ofSeconds(10), Optional.empty());
    }

    private Provider provider(String formato, Duration timeout, Optional<Path> token) {
        return new Provider(new ProviderConfig(
                url(),
                ResponseShape.of(formato),
                timeout,
                token.map(file -> new TokenFile(new SecretFile(file))),
                Duration.ofDays(1)));
    }

    /** Else a slow provider would take the places of all other handlers that wait. */
    @Test
    void expensesThatAskItLeaveAQuarterOfThePlacesToOthers() {
        var handler = new CnpjDespesaHandler(provider("brasilapi"), Duration.ofDays(1));
        assertThat(handler.waitsFor()).containsExactly(Provider.NAME);
        assertThat(handler.dependencies()).as("a kept answer needs no provider").isEmpty();
    }

    @Test
    void bothShapesGiveTheNameAndTheSituation() throws Exception {
        answers(200, BRASILAPI);
        assertThat(provider("brasilapi").ask(CNPJ)).hasValue(new Company("OPEN KNOWLEDGE BRASIL", "ATIVA"));
        assertThat(asked).containsExactly("GET /api/cnpj/v1/" + CNPJ);

        server.removeContext("/");
        answers(200, CNPJWS);
        assertThat(provider("cnpjws").ask(CNPJ)).hasValue(new Company("OPEN KNOWLEDGE BRASIL", "BAIXADA"));
    }

    @Test
    void aCnpjThatTheProviderDoesNotKnowIsAnAnswer() throws Exception {
        answers(404, "{\"message\":\"CNPJ 19.131.243/0001-97 não encontrado.\",\"type\":\"not_found\"}");
        assertThat(provider("brasilapi").ask(CNPJ)).isEmpty();
    }

    @Test
    void aWrongAddressDoesNotMakeEveryCnpjUnknown() {
        answers(404, "<h1>404 Not Found</h1>");
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: its answer (404) cannot be used: it is no JSON");
    }

    @Test
    void aBrokenAnswerFailsAndIsNotQuoted() {
        for (String body : List.of(
                "",
                "[]",
                "{\"razao_social\":\"SECRET",
                BRASILAPI.replace("19131243000197", "11222333000181"),
                BRASILAPI.replace("\"ATIVA\"", "null"),
                BRASILAPI.replace("OPEN", "\\u0000"))) {
            answers(200, body);
            assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ))
                    .as(body)
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageNotContainingAny("SECRET", "11222333000181", CNPJ);
            server.removeContext("/");
        }
    }

    @Test
    void tooManyQuestionsAreNoFailure() {
        script(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "37");
            send(exchange, 429, "");
        });
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(37)));

        server.removeContext("/");
        script(exchange -> {
            exchange.getResponseHeaders().set("Date", "Fri, 27 Nov 2026 10:00:00 GMT");
            exchange.getResponseHeaders().set("Retry-After", "Fri, 27 Nov 2026 10:01:30 GMT");
            send(exchange, 503, "");
        });
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ)).isInstanceOf(DependencyBusy.class);

        server.removeContext("/");
        answers(429, "Too Many Requests");
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ))
                .isInstanceOfSatisfying(
                        DependencyBusy.class,
                        busy -> assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(10)));
    }

    @Test
    void aFailureOfTheServerIsTransientARefusalIsNot() {
        answers(500, "{}");
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ)).isInstanceOf(TransientFailure.class);
        server.removeContext("/");
        answers(503, "{}");
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ)).isInstanceOf(TransientFailure.class);
        server.removeContext("/");
        answers(400, "{}");
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ)).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void aRedirectIsNotFollowed() {
        script(exchange -> {
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            send(exchange, 302, "");
        });
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ)).isInstanceOf(TransientFailure.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() {
        script(exchange -> over.await());
        assertThatThrownBy(() -> provider("brasilapi", Duration.ofMillis(200), Optional.empty())
                        .ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: it did not answer within 200 ms");
    }

    @Test
    void aBodyThatDoesNotEndIsGivenUp() {
        script(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            over.await();
        });
        assertThatThrownBy(() -> provider("brasilapi", Duration.ofMillis(300), Optional.empty())
                        .ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: it did not answer within 300 ms");
    }

    @Test
    void aBodyThatIsTooLargeIsNotRead() {
        script(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = new byte[65_536];
            for (int i = 0; i < 1_000; i++) {
                exchange.getResponseBody().write(piece);
            }
        });
        assertThatThrownBy(() -> provider("brasilapi").ask(CNPJ))
                .isInstanceOf(TransientFailure.class)
                .hasMessage("cnpj: its answer has more than 262144 bytes");
    }

    @Test
    void aServerThatIsDownIsUnavailable() {
        var provider = provider("brasilapi");
        server.stop(0);
        assertThatThrownBy(() -> provider.ask(CNPJ))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessage("cnpj: no connection can be made");
    }

    @Test
    void aServerThatCutsTheConnectionHasFailedAndOneThatEndsIsUnavailable() throws Exception {
        try (var raw = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var provider = new Provider(new ProviderConfig(
                    URI.create("http://127.0.0.1:" + raw.getLocalPort()),
                    ResponseShape.of("brasilapi"),
                    Duration.ofSeconds(10),
                    Optional.empty(),
                    Duration.ofDays(1)));
            threads.execute(() -> cut(raw, false));
            assertThatThrownBy(() -> provider.ask(CNPJ)).isInstanceOf(TransientFailure.class);

            threads.execute(() -> cut(raw, true));
            assertThatThrownBy(() -> provider.ask(CNPJ)).isInstanceOf(DependencyUnavailable.class);
        }
    }

    /** Takes requests and closes their connections in the middle of an answer: one, or the last one. */
    private static void cut(ServerSocket server, boolean end) {
        try (var connection = server.accept()) {
            var unused = connection.getInputStream().read();
            if (end) {
                server.close();
            }
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theTokenIsReadForEachCallAndIsInNoMessage(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first-token\n");
        answers(200, BRASILAPI);
        var provider = provider("brasilapi", Duration.ofSeconds(10), Optional.of(file));
        provider.ask(CNPJ);
        Files.writeString(file, "second-token");
        provider.ask(CNPJ);
        assertThat(tokens).containsExactly("Bearer first-token", "null", "Bearer second-token", "null");

        Files.writeString(file, "broken token\r\nX: y");
        assertThatThrownBy(() -> provider.ask(CNPJ))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessageNotContaining("broken");
        Files.writeString(file, "refused-token");
        server.removeContext("/");
        answers(401, "{}");
        assertThatThrownBy(() -> provider.ask(CNPJ))
                .isInstanceOf(DependencyUnavailable.class)
                .hasMessageNotContaining("refused-token");
    }

    @Test
    void cnpjWsTakesItsTokenInAHeaderOfItsOwn(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "a-token");
        answers(200, CNPJWS);
        provider("cnpjws", Duration.ofSeconds(10), Optional.of(file)).ask(CNPJ);
        assertThat(tokens).containsExactly("null", "a-token");
    }
}
