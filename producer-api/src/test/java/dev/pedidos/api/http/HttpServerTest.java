package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class HttpServerTest {
    private static final int LIMIT = 10_000;
    private static final HostNames NAMES = HostNames.of(Optional.of("x,127.0.0.1"), "127.0.0.1");
    private static final int LARGE = 13_000_000;
    private static final int MOST_CONNECTIONS = 300;

    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final BodyKind usual = new BodyKind(LIMIT, new MemoryShare(1_000_000), new MemoryShare(10_000_000));
    private final BodyKind lists = new BodyKind(LIMIT, new MemoryShare(4 * LIMIT), new MemoryShare(10_000_000));
    private final MemoryShare answers = new MemoryShare(40_000_000);
    private final MemoryShare unread = new MemoryShare(LARGE + 1000);
    private final HttpServer server = new HttpServer(
            "127.0.0.1",
            0,
            NAMES,
            request -> request.getHttpURI().getPath().equals("/list") ? lists : usual,
            unread,
            MOST_CONNECTIONS,
            Duration.ofSeconds(10),
            new SimpleMeterRegistry());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        server.open(List.of(routes -> {
            Routes.post(routes, "/size", ctx -> HttpExchange.json(ctx, 200, "" + HttpExchange.jsonBody(ctx).length));
            Routes.get(
                    routes,
                    "/late",
                    ctx -> ctx.future(() -> {
                        entered.complete(null);
                        return released.thenRunAsync(() -> HttpExchange.json(ctx, 200, "1"), server.threads());
                    }));
            routes.get("/large-text", ctx -> HttpExchange.json(ctx, 200, "1".repeat(LARGE)));
            routes.put("/list", ctx -> HttpExchange.json(ctx, 200, "" + HttpExchange.jsonBody(ctx).length));
            routes.get("/large", ctx -> HttpExchange.json(ctx, 200, TestHttpServer.large(LARGE, answers)));
            Routes.get(routes, "/quick", ctx -> HttpExchange.json(ctx, 200, "1"));
            Routes.get(routes, "/broken", ctx -> {
                throw new IllegalStateException("broken");
            });
        }));
    }

    @AfterEach
    void close() {
        released.complete(null);
        // An idle connection is given a second to end by itself.
        http.shutdownNow();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 200", "1, 200", "9999, 200", "10000, 200", "10001, 413", "10000000, 413"})
    void bodiesAreBoundedWithALengthAndChunked(int size, int status) throws Exception {
        byte[] body = new byte[size];
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        for (BodyPublisher publisher : List.of(BodyPublishers.ofByteArray(body), chunked)) {
            HttpResponse<String> response = post("application/json", publisher);
            assertThat(response.statusCode()).isEqualTo(status);
            if (status == 200) {
                assertThat(response.body()).isEqualTo("" + size);
            } else {
                assertThat(response.body()).contains("/problems/too-large");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json; charset=utf-8, 200",
        "Application/JSON;charset=\"UTF-8\", 200",
        "application/json; charset=latin1, 415",
        "application/json-patch+json, 415",
        "text/plain, 415",
    })
    void onlyJsonInUtf8IsTaken(String contentType, int status) throws Exception {
        assertThat(post(contentType, BodyPublishers.ofString("{}")).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /late HTTP/1.1\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST /size HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n",
                "POST /size HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "DELETE /size HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            })
    void whatTheServerItselfRefusesIsAProblemToo(String request) throws Exception {
        assertThat(raw(request)).startsWith("HTTP/1.1 4").contains("application/problem+json", "\"type\":\"/problems/");
    }

    @Test
    void aFaultOfOursTellsNothingOfItsInside() throws Exception {
        assertThat(raw("GET /broken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("IllegalState", "broken\"");
    }

    @Test
    void answersDoNotNameTheServerAndHeadAndOptionsMakeSense() throws Exception {
        released.complete(null);
        assertThat(raw("HEAD /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .doesNotContainIgnoringCase("jetty", "javalin", "Server:");
        assertThat(raw("OPTIONS /size HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains("Allow: POST, OPTIONS");
    }

    @Test
    void aClientThatStopsSendingIsSentAway() throws Exception {
        assertThat(
                        raw(
                                "POST /size HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"))
                .startsWith("HTTP/1.1 408");
    }

    @Test
    void aBodyThatIsDeclaredTooLargeIsRefusedAsSuchThoughItNeverComes() throws Exception {
        assertThat(
                        raw(
                                "POST /size HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("/problems/too-large");
    }

    @Test
    void anAnswerOfMegabytesComesWholeAndGivesItsMemoryBack() throws Exception {
        var request = HttpRequest.newBuilder(uri("/large")).build();
        for (int i = 0; i < 3; i++) {
            assertThat(http.send(request, BodyHandlers.ofByteArray()).body()).hasSize(LARGE);
            Awaitility.await().until(() -> answers.taken() == 0);
        }
        var head = HttpRequest.newBuilder(uri("/quick")).HEAD().build();
        assertThat(http.send(head, BodyHandlers.ofByteArray()).headers().firstValueAsLong("content-length"))
                .hasValue(1);
    }

    @Test
    void aLargeAnswerThatItsClientDoesNotReadHoldsMemoryThatOthersThenLack() throws Exception {
        try (Socket slow = sent("GET /large-text HTTP/1.1\r\nHost: x\r\n\r\n")) {
            Awaitility.await().until(() -> unread.taken() == LARGE);
            var refused = fetch("/large-text");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refused.body()).contains("/problems/");
        }
        Awaitility.await().until(() -> unread.taken() == 0);
        assertThat(fetch("/large-text").body()).hasSize(LARGE);
    }

    @Test
    void unfinishedListsTakeNoRoomFromOtherBodies() throws Exception {
        List<Socket> unfinished = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            unfinished.add(sent("PUT /list HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                    + LIMIT + "\r\n\r\n" + " ".repeat(LIMIT - 1)));
        }
        Awaitility.await().until(() -> lists.coming().taken() == lists.coming().bytes());
        assertThat(put(BodyPublishers.ofByteArray(new byte[LIMIT])).statusCode())
                .isEqualTo(503);
        assertThat(post("application/json", BodyPublishers.ofByteArray(new byte[LIMIT - 1]))
                        .statusCode())
                .isEqualTo(200);
        for (Socket socket : unfinished) {
            socket.close();
        }
        Awaitility.await().until(() -> lists.coming().taken() == 0);
        Awaitility.await().until(() -> usual.inHand().taken() == 0);
    }

    /** With a length and chunked; the client that only sends first and reads then gets its answer too. */
    @Test
    void whatThereIsNoMemoryForIsAnswered503AndToBeSentAgain() throws Exception {
        byte[] body = new byte[LIMIT];
        try (var all = usual.inHand().reserve(usual.inHand().bytes()).orElseThrow()) {
            HttpResponse<String> response = post("application/json", BodyPublishers.ofByteArray(body));
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(all.bytes()).isPositive();
        }
        try (var all = usual.coming().reserve(usual.coming().bytes()).orElseThrow()) {
            BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
            assertThat(post("application/json", BodyPublishers.ofByteArray(body))
                            .statusCode())
                    .isEqualTo(503);
            assertThat(post("application/json", chunked).statusCode()).isEqualTo(503);
            assertThat(all.bytes()).isPositive();
        }
        assertThat(post("application/json", BodyPublishers.ofByteArray(body)).statusCode())
                .isEqualTo(200);
    }

    private Socket sent(String text) throws IOException {
        return RawHttp.slow(server.port(), text);
    }

    private HttpResponse<String> fetch(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/list"))
                .header("Content-Type", "application/json")
                .PUT(body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    @Test
    void closingAnswersWhatIsInHand() throws Exception {
        CompletableFuture<HttpResponse<String>> late =
                http.sendAsync(HttpRequest.newBuilder(uri("/late")).build(), BodyHandlers.ofString());
        entered.get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
        released.complete(null);
        assertThat(late.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closing.get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> post(String contentType, BodyPublisher body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/size"))
                .header("Content-Type", contentType)
                .POST(body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        return RawHttp.answer(server.port(), request);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
