package dev.pedidos.local.load;

import dev.pedidos.shared.text.Digits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends pedidos in the order of their source, with so many on their way at once. What two of them that were on their way
 * together overtook on the network is not known, so a history judges only those that were not.
 */
public final class Sender {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int MOST_RETRIES = 5;
    private static final long LONGEST_RETRY_AFTER_SECONDS = 30;

    private final List<URI> pedidos;
    private final int concurrency;
    private final Pace pace;
    private final AtomicLong turn = new AtomicLong();

    /**
     * @param apis taken in turn
     * @param perSecond 0: as fast as it goes
     */
    public Sender(List<URI> apis, int concurrency, int perSecond) {
        this.pedidos = apis.stream().map(api -> api.resolve("/pedidos")).toList();
        this.concurrency = concurrency;
        this.pace = new Pace(perSecond);
    }

    /**
     * Returns when everything is answered.
     *
     * @param answers called by many threads, one at a time
     * @throws IOException where the source cannot be read; what was sent until then has been answered
     */
    public void send(Source source, Consumer<Answer> answers) throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(ANSWER_WITHIN)
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lanes = IntStream.range(0, concurrency)
                    .mapToObj(lane -> threads.submit(() -> sendOneByOne(http, source, answers)))
                    .toList();
            try {
                for (Future<?> lane : lanes) {
                    lane.get();
                }
            } catch (ExecutionException e) {
                throw new IOException("sending stopped: " + e.getCause(), e);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private @Nullable Void sendOneByOne(HttpClient http, Source source, Consumer<Answer> answers)
            throws IOException, InterruptedException {
        for (Outgoing next = take(source); next != null; next = take(source)) {
            pace.await();
            Answer answer = send(http, next);
            synchronized (answers) {
                answers.accept(answer);
            }
        }
        return null;
    }

    private @Nullable Outgoing take(Source source) throws IOException {
        synchronized (source) {
            return source.next();
        }
    }

    private Answer send(HttpClient http, Outgoing pedido) throws InterruptedException {
        URI api = pedidos.get((int) (turn.getAndIncrement() % pedidos.size()));
        var request = HttpRequest.newBuilder(api)
                .header("Content-Type", "application/json")
                .timeout(ANSWER_WITHIN)
                .POST(BodyPublishers.ofByteArray(pedido.body()))
                .build();
        long start = System.nanoTime();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            int retries = 0;
            for (; response.statusCode() == 503 && retries < MOST_RETRIES; retries++) {
                TimeUnit.SECONDS.sleep(retryAfterSeconds(response));
                response = http.send(request, BodyHandlers.ofString());
            }
            return new Answer(pedido, start, System.nanoTime(), response.statusCode(), response.body(), retries);
        } catch (IOException e) {
            return new Answer(pedido, start, System.nanoTime(), 0, e.toString(), 0);
        }
    }

    private static long retryAfterSeconds(HttpResponse<?> response) {
        String given = response.headers().firstValue("Retry-After").orElse("1");
        return given.matches("\\d{1,9}") ? Math.min(Digits.toLong(given), LONGEST_RETRY_AFTER_SECONDS) : 1;
    }
}
