package dev.pedidos.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.api.http.AnswerBody;
import dev.pedidos.api.http.BodyKind;
import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.api.http.HttpServer;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.TestHttpServer;
import dev.pedidos.api.intake.KnownTipos;
import dev.pedidos.api.intake.PedidoRequestReader;
import dev.pedidos.api.intake.PostPedido;
import dev.pedidos.api.prefer.Awaitable;
import dev.pedidos.api.prefer.FinalStatePoller;
import dev.pedidos.api.prefer.PreferWait;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** POST /pedidos with a pedido that was accepted before, and whose answer is large: it is read by itself. */
@Timeout(30)
class RepeatedPedidoTest {
    private static final String PEDIDO = "{\"pedido_id\":\"known\",\"recebedor_id\":\"r\",\"origem\":\"api\","
            + "\"itens\":[{\"sku\":\"a\",\"quantidade\":1}]}";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AcceptanceMetrics metrics = new AcceptanceMetrics(registry);
    private final BodyKind any = new BodyKind(1_000, new MemoryShare(100_000), new MemoryShare(1_000_000));
    private final HttpServer server = TestHttpServer.of(any, registry);
    private final Bulkhead lookups = new Bulkhead("lookups", 1, 10, Duration.ofMinutes(1), server.threads());
    private final FinalStatePoller poller = new FinalStatePoller(() -> true, 10, server.threads(), registry);
    private final MemoryShare memory = new MemoryShare(1_000);
    private final LargeAnswers answers = new LargeAnswers(memory);
    private final LedgerPath ledger = new LedgerPath(
            new BatchInsert(batch -> List.of(new Inserted.Replay(Optional.empty())), inserted -> List.of(), metrics),
            metrics,
            2_000);
    private final Failover failover = new Failover(
            () -> true, () -> false, ledger, new FakeBroker().path(metrics, Duration.ofMinutes(1)), metrics);
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        failover.start();
        server.open(List.of(new PostPedido(
                new PedidoRequestReader(CallbackHosts.NONE),
                new KnownTipos(Set.of("pedido"), Set::of, Runnable::run, System::nanoTime),
                new Acceptor(failover, metrics, tipo -> true, 10),
                new PreferWait(poller, new Awaitable(ids -> Set.of(), this::read), lookups),
                server.threads())));
    }

    @AfterEach
    void close() throws Exception {
        http.shutdownNow();
        server.close();
        lookups.close();
        failover.close();
    }

    private AnswerBody read(String id) throws Exception {
        return answers.read(500, () -> ByteBuffer.wrap(new byte[] {'{', '}'}));
    }

    @Test
    void isAnswered200WithTheHeader() throws Exception {
        var answer = post();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @Test
    void isNotSaidToBeRefusedWhereItsAnswerFindsNoMemory() throws Exception {
        try (var others = memory.reserve(memory.bytes()).orElseThrow()) {
            var answer = post();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("/problems/overloaded", "The request is done");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(answer.headers().firstValue("Idempotent-Replayed")).isEmpty();
        }
    }

    private HttpResponse<String> post() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/pedidos"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(PEDIDO))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
