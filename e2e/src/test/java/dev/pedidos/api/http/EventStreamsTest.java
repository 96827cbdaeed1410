package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamsTest {
    private static final int MOST = 3;
    private static final int BYTES_EACH = 64 * 1024;
    private static final byte[] EVENT = ("id: 1\ndata: " + "x".repeat(1_000) + "\n\n").getBytes(StandardCharsets.UTF_8);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final BodyKind any = new BodyKind(1, new MemoryShare(1_000), new MemoryShare(100_000));
    private final HttpServer server = TestHttpServer.of(any, metrics);
    private final EventStreams streams = new EventStreams(MOST, BYTES_EACH, server.threads(), metrics);
    private final Map<String, EventStream> open = new ConcurrentHashMap<>();

    @BeforeEach
    void open() {
        server.open(List.of(routes -> {
            Routes.get(routes, "/stream/{name}", ctx -> {
                var stream = streams.open(ctx);
                streams.begin(ctx, stream);
                if (ctx.method().name().equals("GET")) {
                    open.put(ctx.pathParam("name"), stream);
                }
            });
            Routes.get(routes, "/quick", ctx -> HttpExchange.json(ctx, 200, "1"));
        }));
        streams.start();
    }

    @AfterEach
    void close() throws Exception {
        streams.close();
        server.close();
    }

    /** One stream ends and its connection takes the next request; one is silent; one does not read. */
    @Test
    void aClientThatDoesNotReadIsCutOffASilentStreamGetsCommentsAndAnEndedOneLeavesItsConnection() throws Exception {
        try (Socket deaf = asked("GET /stream/deaf");
                Socket silent = asked("GET /stream/silent");
                Socket ends = asked("GET /stream/ends")) {
            Awaitility.await().until(() -> open.size() == MOST);
            assertThat(RawHttp.answer(
                            server.port(), "GET /stream/more HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After");

            EventStream ending = stream("ends");
            assertThat(ending.offer(EVENT)).isTrue();
            ending.end();
            assertThat(until(ends, "\r\n0\r\n\r\n"))
                    .contains("HTTP/1.1 200", "Content-Type: text/event-stream", "Cache-Control: no-store")
                    .contains("id: 1\ndata: xxx")
                    .doesNotContain("Content-Length");
            Awaitility.await().until(() -> stream("ends").isOver());
            ask(ends, "GET /quick");
            assertThat(until(ends, "\r\n\r\n1")).contains("HTTP/1.1 200");
            ask(ends, "HEAD /stream/ends");
            assertThat(until(ends, "\r\n\r\n")).contains("text/event-stream");

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(25))
                    .until(() -> fill(stream("deaf")).isOver());
            assertThat(stream("silent").hasRoomFor(0)).isTrue();
            assertThat(metrics.counter("pedidos_listeners_cut_total").count()).isEqualTo(1);
            assertThat(until(silent, "\r\n3\r\n:\n\n\r\n3\r\n:\n\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(stream("silent").isOver()).isFalse();
        }
    }

    private static EventStream fill(EventStream stream) {
        boolean taken = true;
        while (taken) {
            taken = stream.offer(EVENT);
        }
        return stream;
    }

    private EventStream stream(String name) {
        EventStream stream = open.get(name);
        if (stream == null) {
            throw new AssertionError(name + " is not open");
        }
        return stream;
    }

    private Socket asked(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        ask(socket, request);
        return socket;
    }

    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream()
                .write((request + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads up to this end. */
    private static String until(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        var text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int c = in.read();
            if (c < 0) {
                throw new AssertionError("closed after: " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
