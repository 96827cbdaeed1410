package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A server on a free port of the loopback interface, for routes of a test. */
public final class TestHttpServer {
    private static final int CONNECTIONS = 1000;
    private static final int UNREAD_BYTES = 10_000_000;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private TestHttpServer() {}

    /** @param any for all requests */
    public static HttpServer of(BodyKind any, MeterRegistry metrics) {
        return new HttpServer(
                "127.0.0.1",
                0,
                HostNames.of(Optional.empty(), "127.0.0.1"),
                request -> any,
                new MemoryShare(UNREAD_BYTES),
                CONNECTIONS,
                DRAIN,
                metrics);
    }

    /**
     * An answer of this many blanks.
     *
     * @param memory that it takes until the client has read it
     */
    static AnswerBody large(int bytes, MemoryShare memory) throws Exception {
        return new LargeAnswers(memory).read(bytes, () -> {
            byte[] blanks = new byte[bytes];
            Arrays.fill(blanks, (byte) ' ');
            return ByteBuffer.wrap(blanks);
        });
    }
}
