package dev.pedidos.tools.proof.load;

import dev.pedidos.tools.api.ApiEndpoint;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends pedidos in the order of their source, several at the same time. The order of two that were sent at the same
 * time is unknown, so a history judges only the others.
 */
public final class Sender {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int MOST_RETRIES = 5;

    private final List<ApiEndpoint> apis;
    private final int concurrency;
    private final Pace pace;
    private final AtomicLong turn = new AtomicLong();

    /**
     * @param apis used in turn
     * @param perSecond 0: no limit
     */
    public Sender(List<URI> apis, int concurrency, int perSecond) {
        this.apis = apis.stream().map(ApiEndpoint::of).toList();
        this.concurrency = concurrency;
        this.pace = new Pace(perSecond);
    }

    /**
     * Returns when everything is answered.
     *
     * @param answers called by many threads, one at a time
     * @throws IOException the source cannot be read; everything sent before has been answered
     */
    public void send(Source source, Consumer<LoadAnswer> answers) throws IOException, InterruptedException {
        try (var post = new PedidoPost(ANSWER_WITHIN);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = IntStream.range(0, concurrency)
                    .mapToObj(number -> threads.submit(() -> sendOneByOne(post, source, answers)))
                    .toList();
            try {
                for (Future<?> sender : senders) {
                    sender.get();
                }
            } catch (ExecutionException e) {
                throw new IOException("sending stopped: " + e.getCause(), e);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private @Nullable Void sendOneByOne(PedidoPost post, Source source, Consumer<LoadAnswer> answers)
            throws IOException, InterruptedException {
        for (Outgoing next = take(source); next != null; next = take(source)) {
            pace.await();
            LoadAnswer answer = send(post, next);
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

    private LoadAnswer send(PedidoPost post, Outgoing pedido) throws InterruptedException {
        var api = apis.get((int) (turn.getAndIncrement() % apis.size()));
        long start = System.nanoTime();
        var attempt = post.once(api, pedido, null);
        int retries = 0;
        for (; attempt.status() == 503 && retries < MOST_RETRIES; retries++) {
            Thread.sleep(attempt.pause());
            attempt = post.once(api, pedido, null);
        }
        int status = Math.max(attempt.status(), LoadAnswer.NONE);
        return new LoadAnswer(pedido, start, System.nanoTime(), status, attempt.body(), retries);
    }
}
