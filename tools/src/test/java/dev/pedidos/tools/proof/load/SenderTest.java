package dev.pedidos.tools.proof.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SenderTest {
    private final List<LoadAnswer> answers = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void eachLineIsPostedOnceAndItsAnswerKept() throws Exception {
        answerWith(exchange -> answer(exchange, body(exchange).equals("2") ? 409 : 202));

        send("1\n2\n3\n", 3);

        assertThat(answers).extracting(LoadAnswer::status).containsExactlyInAnyOrder(202, 409, 202);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.endNanos()).isGreaterThan(answer.startNanos()));
    }

    @Test
    void oneConnectionSendsInTheOrderOfTheFile() throws Exception {
        List<String> seen = new ArrayList<>();
        answerWith(exchange -> {
            seen.add(body(exchange));
            answer(exchange, 202);
        });

        send("a\nb\nc\nd\n", 1);

        assertThat(seen).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a503IsSentAgainAndCounted() throws Exception {
        var asked = new AtomicInteger();
        answerWith(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, asked.incrementAndGet() < 3 ? 503 : 202);
        });

        send("1\n", 1);

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.retries()).isEqualTo(2);
        });
    }

    @Test
    void a503ThatStaysIsGivenUp() throws Exception {
        answerWith(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "0");
            answer(exchange, 503);
        });

        send("1\n", 1);

        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(503));
    }

    @Test
    void noAnswerIsAnUnknownOutcome() throws Exception {
        server.stop(0);

        send("1\n", 1);

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isZero();
            assertThat(answer.isAccepted()).isFalse();
        });
    }

    @Test
    void aSourceThatCannotBeReadEndsTheSending() {
        Source broken = () -> {
            throw new IOException("disk gone");
        };

        assertThatThrownBy(() -> sender(2).send(broken, answers::add)).hasMessageContaining("disk gone");
    }

    private void send(String lines, int concurrency) throws Exception {
        var source = new NdjsonSource(new ByteArrayInputStream(lines.getBytes(UTF_8)), Long.MAX_VALUE);
        sender(concurrency).send(source, answers::add);
    }

    private Sender sender(int concurrency) {
        return new Sender(
                List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())), concurrency, 0);
    }

    private void answerWith(HttpHandler handler) {
        server.createContext("/pedidos", handler);
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = "{\"pedido_id\":\"p\"}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
