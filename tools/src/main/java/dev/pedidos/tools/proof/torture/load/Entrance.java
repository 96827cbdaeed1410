package dev.pedidos.tools.proof.torture.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** One API as the clients see it. */
public final class Entrance {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(6);

    private final HttpClient http;
    private final URI api;
    private final AtomicInteger waiting = new AtomicInteger();

    Entrance(HttpClient http, URI api) {
        this.http = http;
        this.api = api;
    }

    /** The number of requests without an answer. */
    public int waiting() {
        return waiting.get();
    }

    /** The status of the answer; 0 if none came. */
    int post(String path, byte[] body) throws InterruptedException {
        var request = HttpRequest.newBuilder(api.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(ANSWER_WITHIN)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        waiting.incrementAndGet();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException unknown) {
            return 0;
        } finally {
            waiting.decrementAndGet();
        }
    }
}
