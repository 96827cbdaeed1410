package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowBodyTest {
    private static final int PIECE = 24 * 1024;
    private static final int PIECES = 22;

    private final BodyKind any = new BodyKind(1_000_000, new MemoryShare(1_000_000), new MemoryShare(10_000_000));
    private final HttpServer server = TestHttpServer.of(any, new SimpleMeterRegistry());

    @BeforeEach
    void open() {
        server.open(List.of(routes ->
                Routes.post(routes, "/size", ctx -> Exchange.json(ctx, 200, "" + Exchange.jsonBody(ctx).length))));
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

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
