package dev.pedidos.api.prefer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.http.AnswerBody;
import dev.pedidos.api.http.BodyKind;
import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.HttpExchange;
import dev.pedidos.api.http.HttpServer;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.Routes;
import dev.pedidos.api.http.TestHttpServer;
import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FinalStatePollerTest {
    private static final int MOST = 40;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MemoryShare inHand = new MemoryShare(1_000_000);
    private final BodyKind any = new BodyKind(1_000, new MemoryShare(100_000), inHand);
    private final HttpServer server = TestHttpServer.of(any, metrics);
    private final Bulkhead lookups = new Bulkhead("lookups", 1, 10, Duration.ofMinutes(1), server.threads());
    private final FinalStatePoller poller = new FinalStatePoller(() -> true, MOST, server.threads(), metrics);
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final LargeAnswers answers = new LargeAnswers(new MemoryShare(100_000));
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        var wait = new PreferWait(poller, new Awaitable(this::endedAmong, this::read), lookups);
        server.open(List.of(routes -> Routes.post(routes, "/{id}", ctx -> {
            String id = ctx.pathParam("id");
            ctx.future(() -> wait.answerOr(ctx, id, () -> HttpExchange.json(ctx, 202, "\"" + id + "\"")));
        })));
        poller.start();
    }

    @AfterEach
    void close() throws Exception {
        poller.close();
        lookups.close();
        http.shutdownNow();
        server.close();
    }

    private Set<String> endedAmong(Collection<String> ids) {
        questions.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database is away");
        }
        return ids.stream().filter(ended::contains).collect(Collectors.toSet());
    }

    private AnswerBody read(String id) throws Exception {
        return answers.read(10, () -> ByteBuffer.wrap(("[\"" + id + "\"]").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatHasEndedBeforeTheWaitIsAnsweredWithItsEnd() throws Exception {
        ended.add("a");
        var answer = post("a", 20).get();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[\"a\"]");
        assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait");
    }

    @Test
    void whoeverDoesNotWaitAsksNothing() throws Exception {
        assertThat(post("a", 0).get().statusCode()).isEqualTo(202);
        assertThat(questions.get()).isZero();
    }

    @Test
    void aFailingDatabaseOnlyDelaysTheAnswer() throws Exception {
        failures.set(2);
        var waiting = post("a", 20);
        Awaitility.await().until(() -> failures.get() == 0);
        ended.add("a");
        assertThat(waiting.get().statusCode()).isEqualTo(200);
    }

    @Test
    void manyWaitWithOneQuestionAtATimeAndOneMoreIsAnsweredAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            waiting.add(post("p" + i, 30));
        }
        Awaitility.await().until(() -> poller.size() == MOST);
        assertThat(post("more", 30).get().statusCode()).isEqualTo(202);
        int before = questions.get();
        Awaitility.await().until(() -> questions.get() > before + 5);
        for (int i = 0; i < MOST; i++) {
            ended.add("p" + i);
        }
        for (int i = 0; i < MOST; i++) {
            assertThat(waiting.get(i).get().body()).isEqualTo("[\"p" + i + "\"]");
        }
        assertThat(poller.size()).isZero();
        assertThat(questions.get()).isLessThan(before + 5 * MOST);
        Awaitility.await().until(() -> inHand.taken() == 0);
    }

    @Test
    void aStopAnswersAllThatWait() throws Exception {
        var waiting = post("a", 30);
        Awaitility.await().until(() -> poller.size() == 1);
        poller.close();
        assertThat(waiting.get().statusCode()).isEqualTo(202);
        assertThat(post("a", 30).get().statusCode()).isEqualTo(202);
    }

    private CompletableFuture<HttpResponse<String>> post(String id, int seconds) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + id))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=" + seconds)
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }
}
