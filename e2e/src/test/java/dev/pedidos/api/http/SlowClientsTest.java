package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SlowClientsTest {
    private static final int LARGE = 13_000_000;
    /** Twice as long as it takes. */
    private static final Duration SENT_AWAY = Duration.ofSeconds(60);

    private final BodyKind any = new BodyKind(1, new MemoryShare(1_000), new MemoryShare(100_000));
    private final MemoryShare answers = new MemoryShare(40_000_000);
    private final HttpServer server = TestHttpServer.of(any, new SimpleMeterRegistry());
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void open() {
        server.open(List.of(routes -> {
            routes.get("/large", ctx -> HttpExchange.json(ctx, 200, TestHttpServer.large(LARGE, answers)));
            Routes.get(routes, "/quick", ctx -> HttpExchange.json(ctx, 200, "1"));
        }));
    }

    @AfterEach
    void close() {
        // An idle connection is given a second to end by itself.
        http.shutdownNow();
        server.close();
    }

    /** 200 send a byte of their head a second, 40 read a large answer as slowly. */
    @Test
    void theyHoldUpNobodyAndAreSentAway() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            slow.add(sent("GET /"));
        }
        for (int i = 0; i < 40; i++) {
            slow.add(sent("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        Awaitility.await().until(() -> answers.taken() >= LARGE);
        long began = System.nanoTime();
        List<Duration> asked = new ArrayList<>();
        while (answers.taken() > 0 || stillOpen(slow) > 0) {
            assertThat(since(began)).as("sent away").isLessThan(SENT_AWAY);
            long start = System.nanoTime();
            assertThat(quick()).isEqualTo(200);
            asked.add(since(start));
            TimeUnit.MILLISECONDS.sleep(500);
        }
        Collections.sort(asked);
        assertThat(asked.get(asked.size() / 2)).as("the median").isLessThan(Duration.ofSeconds(1));
        assertThat(asked.get(Math.max(0, asked.size() - 3)))
                .as("the third slowest")
                .isLessThan(Duration.ofSeconds(4));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private int quick() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/quick"))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    /** Sends each of them one more byte of a head. */
    private static int stillOpen(List<Socket> sockets) {
        int open = 0;
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write('x');
                open++;
            } catch (IOException closed) {
                continue;
            }
        }
        return open;
    }

    private Socket sent(String text) throws IOException {
        return RawHttp.slow(server.port(), text);
    }
}
