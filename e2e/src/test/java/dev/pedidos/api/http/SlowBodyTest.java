package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowBodyTest {
    private static final int PIECE = 24 * 1024;
    private static final int PIECES = 22;
    private static final String CHUNKED = "%s /size HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final BodyKind any = new BodyKind(1_000_000, new MemoryShare(1_000_000), new MemoryShare(10_000_000));
    private final HttpServer server = TestHttpServer.of(any, new SimpleMeterRegistry());

    @BeforeEach
    void open() {
        server.open(List.of(routes -> Routes.post(
                routes, "/size", ctx -> HttpExchange.json(ctx, 200, "" + HttpExchange.jsonBody(ctx).length))));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** 24 KiB a second for 22 s: a list of megabytes over a slow line. */
    @Test
    void aLargeBodyThatKeepsComingHasTheTimeThatItNeeds() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            send(
                    socket,
                    "POST /size HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + PIECE * PIECES + "\r\n\r\n");
            for (int i = 0; i < PIECES; i++) {
                send(socket, "1".repeat(PIECE));
                TimeUnit.SECONDS.sleep(1);
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("" + PIECE * PIECES);
        }
    }

    /** Extensions of a chunk are bytes, but no content. */
    @Test
    void aBodyOfWhichOnlyExtensionsOfAChunkComeIsGivenUp() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            send(socket, CHUNKED.formatted("POST") + "1;a");
            socket.setSoTimeout(1000);
            assertThatThrownBy(() -> {
                        while (true) {
                            send(socket, "a");
                            try {
                                refuseEnd(socket.getInputStream().read());
                            } catch (SocketTimeoutException e) {
                                // The connection is open: one byte more.
                            }
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** Else each such connection holds a thread of the server. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET"})
    void anExtensionOfAChunkWithoutEndHoldsNoThread(String method) throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            send(socket, CHUNKED.formatted(method) + "1;");
            long started = System.nanoTime();
            assertThatThrownBy(() -> {
                        while (true) {
                            send(socket, "a".repeat(PIECE));
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static void refuseEnd(int read) throws IOException {
        if (read < 0) {
            throw new EOFException("the server has closed the connection");
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
