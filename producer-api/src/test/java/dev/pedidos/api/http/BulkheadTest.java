package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkheadTest {
    private static final int WAITING = 150;

    private final CountDownLatch busy = new CountDownLatch(2);
    private final CountDownLatch released = new CountDownLatch(1);
    private final BodyKind any = new BodyKind(1, new MemoryShare(1_000), new MemoryShare(100_000));
    private final HttpServer server = TestHttpServer.of(any, new SimpleMeterRegistry());
    private final Bulkhead slow = new Bulkhead("slow", 2, WAITING, Duration.ofSeconds(20), server.threads());
    private final Bulkhead quick = new Bulkhead("quick", 1, WAITING, Duration.ofSeconds(20), server.threads());
    private final Bulkhead hasty = new Bulkhead("hasty", 2, WAITING, Duration.ofMillis(500), server.threads());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        server.open(List.of(routes -> {
            routes.get("/slow", ctx -> slow.answer(ctx, this::stalled, text -> HttpExchange.json(ctx, 200, text)));
            routes.get("/hasty", ctx -> hasty.answer(ctx, this::stalled, text -> HttpExchange.json(ctx, 200, text)));
            routes.get("/quick", ctx -> quick.answer(ctx, () -> "1", text -> HttpExchange.json(ctx, 200, text)));
            routes.get(
                    "/absent",
                    ctx -> quick.answer(ctx, () -> "1", text -> {
                        throw new ProblemException(Problem.notFound("none"));
                    }));
            routes.get("/broken", ctx -> quick.answer(ctx, BulkheadTest::broken, text -> {}));
            routes.get("/healthz", ctx -> HttpExchange.json(ctx, 200, "1"));
        }));
    }

    @AfterEach
    void close() {
        released.countDown();
        http.shutdownNow();
        server.close();
        slow.close();
        hasty.close();
        quick.close();
    }

    /** As many as stall a bulkhead twice over, and far more than the server has threads. */
    @Test
    void aDatabaseThatStallsOneKindOfRequestStallsNoOtherAndNoHealthCheck() throws Exception {
        var stalled = IntStream.range(0, WAITING).mapToObj(i -> get("/slow")).toList();
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(get("/quick").get().statusCode()).isEqualTo(200);
        assertThat(get("/healthz").get().statusCode()).isEqualTo(200);
        released.countDown();
        for (var answer : stalled) {
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatWaitsTooLongOrIsTooMuchIsAnswered503() throws Exception {
        var stalled =
                IntStream.range(0, WAITING + 20).mapToObj(i -> get("/hasty")).toList();
        CompletableFuture.allOf(stalled.toArray(CompletableFuture[]::new)).get();
        assertThat(stalled).allSatisfy(answer -> {
            assertThat(answer.join().statusCode()).isEqualTo(503);
            assertThat(answer.join().headers().firstValue("Retry-After")).isPresent();
        });
        assertThat(stalled.stream().filter(answer -> answer.join().body().contains("/problems/overloaded")))
                .isNotEmpty();
    }

    @Test
    void whatTheWorkOrTheAnswerThrowsBecomesItsProblem() throws Exception {
        assertThat(get("/absent").get().statusCode()).isEqualTo(404);
        assertThat(get("/broken").get().body()).contains("/problems/internal-error");
    }

    private String stalled() throws InterruptedException {
        busy.countDown();
        released.await();
        return "1";
    }

    private static String broken() {
        throw new IllegalStateException("broken");
    }

    private CompletableFuture<HttpResponse<String>> get(String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .build(),
                BodyHandlers.ofString());
    }
}
