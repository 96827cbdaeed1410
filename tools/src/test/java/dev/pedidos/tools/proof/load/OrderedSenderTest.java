package dev.pedidos.tools.proof.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.pedidos.shared.message.KeyedId;
import dev.pedidos.shared.message.StrictJson;
import dev.pedidos.tools.api.ApiEndpoint;
import dev.pedidos.tools.api.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderedSenderTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private final List<LoadAnswer> answers = new ArrayList<>();
    private final List<String> leftovers = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void linesOfOneReceiverAreAcceptedInTheOrderOfTheFileWhateverTheConcurrency() throws Exception {
        Map<String, List<String>> taken = new HashMap<>();
        answerWith("/pedidos", exchange -> {
            var body = StrictJson.read(exchange.getRequestBody().readAllBytes());
            synchronized (taken) {
                taken.computeIfAbsent(body.path("recebedor_id").asString(""), any -> new ArrayList<>())
                        .add(body.path("pedido_id").asString(""));
            }
            answer(exchange, 202);
        });
        var file = new StringBuilder();
        Map<String, List<String>> expected = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            String receiver = i % 3 == 0 ? "r-" + i % 7 : "busy";
            file.append(line(receiver, "\"pedido_id\":\"p-" + i + "\","));
            expected.computeIfAbsent(receiver, any -> new ArrayList<>()).add("p-" + i);
        }

        assertThat(send(file.toString(), 64, PATIENT)).isNull();

        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void whileTheApiIsAwayItWaitsAndALineWithoutAnIdIsSentAgainUnderTheSameKey() throws Exception {
        List<String> keys = Collections.synchronizedList(new ArrayList<>());
        var asked = new AtomicInteger();
        answerWith("/pedidos", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            switch (asked.incrementAndGet()) {
                case 1 -> exchange.close();
                case 2 -> answer(exchange, 502);
                default -> answer(exchange, 202);
            }
        });

        assertThat(send(line("r", "") + line("r", "") + line("r", "\"pedido_id\":\"mine\","), 8, PATIENT))
                .isNull();

        assertThat(keys).hasSize(5);
        assertThat(keys.get(0)).isNotNull().isEqualTo(keys.get(1)).isEqualTo(keys.get(2));
        assertThat(keys.get(3)).isNotNull().isNotEqualTo(keys.get(0));
        assertThat(keys.get(4)).isNull();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
    }

    @Test
    void whatMayHaveBeenTakenIsLeftOverWithTheIdThatItsKeyGave() throws Exception {
        List<String> keys = Collections.synchronizedList(new ArrayList<>());
        answerWith("/pedidos", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.close();
        });

        assertThat(send(line("r", "") + line("r", "") + line("q", ""), 1, Duration.ZERO))
                .contains("accepted nothing for 0 s");

        assertThat(answers).extracting(LoadAnswer::status).containsExactly(LoadAnswer.NONE);
        assertThat(leftovers).hasSize(3);
        assertThat(leftovers.getFirst()).contains("\"pedido_id\":\"" + KeyedId.of(keys.getFirst()) + "\"");
        assertThat(leftovers.get(1)).isEqualTo(line("r", "").strip());
    }

    @Test
    void aLineWhoseFirstTryMayHaveBeenTakenKeepsItsIdWhateverTheLastAnswerSays() throws Exception {
        List<String> keys = Collections.synchronizedList(new ArrayList<>());
        answerWith("/pedidos", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            answer(exchange, keys.size() == 1 ? 502 : 404);
        });

        assertThat(send(line("r", ""), 1, PATIENT)).contains("answered HTTP 404");

        assertThat(leftovers).singleElement().satisfies(left -> assertThat(left).contains(KeyedId.of(keys.getFirst())));
    }

    @Test
    void aLineWithOneUnknownAnswerKeepsItsIdAndARefusedOneIsAsItWas() throws Exception {
        List<String> keys = Collections.synchronizedList(new ArrayList<>());
        answerWith("/pedidos", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            answer(exchange, keys.size() == 1 ? 500 : 422);
        });

        assertThat(send(line("r", "").repeat(2), 1, PATIENT)).isNull();

        assertThat(leftovers).hasSize(2);
        assertThat(leftovers.getFirst()).contains(KeyedId.of(keys.getFirst()));
        assertThat(leftovers.getLast()).isEqualTo(line("r", "").strip());
    }

    @Test
    void aClosedPortIsNamedAndNothingCountsAsUnknown() throws Exception {
        server.stop(0);

        assertThat(send(line("r", ""), 4, Duration.ZERO)).contains("connection refused");

        assertThat(answers).extracting(LoadAnswer::status).containsExactly(LoadAnswer.NOT_REACHED);
    }

    @Test
    void anAddressThatIsNoApiStopsItAtOnce() throws Exception {
        answerWith("/", exchange -> answer(exchange, 404));

        assertThat(send(line("r", "").repeat(100), 1, PATIENT)).contains("answered HTTP 404", "right address");

        assertThat(answers).hasSize(1);
        assertThat(leftovers).hasSize(100);
    }

    /** A gateway that wants a login often answers with a page and 200. */
    @Test
    void anAnswerThatNamesNoPedidoIsNoAcceptance() throws Exception {
        answerWith("/", exchange -> {
            byte[] page = "<html>login</html>".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });

        assertThat(send(line("r", "").repeat(100), 1, PATIENT)).contains("HTTP 200 that names no pedido");

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.isAccepted()).isFalse());
        assertThat(leftovers).hasSize(100);
    }

    /** A file that a crash left begins or ends with zeros. */
    @Test
    void aLineOfZerosIsNoEmptyLine() throws Exception {
        answerWith("/", exchange -> answer(exchange, 202));

        assertThat(send("\0\0\n \t\r\n" + line("r", ""), 1, PATIENT)).isNull();

        assertThat(answers).hasSize(2);
    }

    @Test
    void aPathBeforeAllOthersIsKeptAndHeadersGoWithEveryCall() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        answerWith("/ped/pedidos", exchange -> {
            seen.add(exchange.getRequestHeaders().getFirst("X-Api-Key"));
            answer(exchange, 202);
        });

        var endpoint = new ApiEndpoint(URI.create(url() + "/ped/"), List.of(Header.parse("X-Api-Key: s3cret")));
        assertThat(send(endpoint, line("r", ""), 1, PATIENT)).isNull();

        assertThat(seen).containsExactly("s3cret");
        assertThat(endpoint.toString() + Header.parse("X-Api-Key: s3cret")).doesNotContain("s3cret");
    }

    @Test
    void anUnexpectedFailureOfOneSenderStopsAllAndEveryLineIsLeftOver() throws Exception {
        var noPort = ApiEndpoint.of(URI.create("http://127.0.0.1:70000"));
        var source = new NdjsonSource(
                new ByteArrayInputStream(line("r", "").repeat(20).getBytes(UTF_8)), Long.MAX_VALUE);
        var sender = sender(noPort, 2, PATIENT);

        assertThatThrownBy(() -> sender.send(source)).isInstanceOf(IllegalStateException.class);

        assertThat(sender.stopped()).contains("an unexpected failure");
        keepUnsent(sender, source);
        assertThat(leftovers).hasSize(20);
    }

    @Test
    void aSourceThatFailsUnexpectedlyIsNotTakenForItsEnd() {
        var sender = sender(ApiEndpoint.of(URI.create(url())), 1, PATIENT);

        assertThatThrownBy(() -> sender.send(() -> {
                    throw new IllegalStateException("a fault");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a fault");
    }

    @Test
    void moreLinesThanAreHeldAtOnceAreSentAll() throws Exception {
        answerWith("/pedidos", exchange -> answer(exchange, 202));
        var next = new AtomicInteger();
        byte[] body = ("{\"pedido_id\":\"p\",\"dados\":\"" + "x".repeat(250_000) + "\"}").getBytes(UTF_8);

        var sender = sender(ApiEndpoint.of(URI.create(url())), 4, PATIENT);
        sender.send(() -> next.incrementAndGet() > 300 ? null : new Outgoing(next.get(), body));

        assertThat(answers).hasSize(300);
    }

    private @Nullable String send(String lines, int concurrency, Duration giveUpAfter) throws Exception {
        return send(ApiEndpoint.of(URI.create(url())), lines, concurrency, giveUpAfter);
    }

    private @Nullable String send(ApiEndpoint api, String lines, int concurrency, Duration giveUpAfter)
            throws Exception {
        var source = new NdjsonSource(new ByteArrayInputStream(lines.getBytes(UTF_8)), Long.MAX_VALUE);
        var sender = sender(api, concurrency, giveUpAfter);
        sender.send(source);
        keepUnsent(sender, source);
        return sender.stopped();
    }

    private void keepUnsent(OrderedSender sender, NdjsonSource source) throws Exception {
        assertThat(sender.hasLeftTheSource(PATIENT)).isTrue();
        sender.unsent().forEach(line -> leftovers.add(new String(line.body(), UTF_8)));
        for (Outgoing unread = source.next(); unread != null; unread = source.next()) {
            leftovers.add(new String(unread.body(), UTF_8));
        }
    }

    private OrderedSender sender(ApiEndpoint api, int concurrency, Duration giveUpAfter) {
        return new OrderedSender(
                new OrderedSender.Plan(api, concurrency, 0, giveUpAfter),
                (answer, again) -> {
                    answers.add(answer);
                    if (!answer.isAccepted()) {
                        leftovers.add(new String(again, UTF_8));
                    }
                },
                said::add);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String line(String receiver, String more) {
        return "{" + more + "\"recebedor_id\":\"" + receiver + "\",\"origem\":\"api\"}\n";
    }

    private void answerWith(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Retry-After", "0");
        byte[] body = "{\"pedido_id\":\"p\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
