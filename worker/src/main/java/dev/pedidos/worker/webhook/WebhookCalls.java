package dev.pedidos.worker.webhook;

import dev.pedidos.shared.ledger.webhook.WebhookAttempt;
import dev.pedidos.shared.message.CallbackUrl;
import dev.pedidos.shared.webhook.WebhookSecret;
import dev.pedidos.shared.webhook.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls, each on a thread of its own: looking a name up may take long and cannot be interrupted, and would hold up all
 * virtual threads. Their number is bounded by {@link Endpoints}.
 */
final class WebhookCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookCalls.class);

    /** A call that is over. */
    record Ended(WebhookAttempt attempt, CallResult result, Duration duration) {}

    private final WebhookClient client;
    private final CurrentSecrets secrets;
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("webhook-", 0).daemon().factory());
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

    WebhookCalls(WebhookClient client, CurrentSecrets secrets) {
        this.client = client;
        this.secrets = secrets;
    }

    /** For one thread. */
    void begin(WebhookAttempt attempt) {
        var current = secrets.get();
        try {
            threads.execute(() -> ended.add(call(attempt, current)));
        } catch (RuntimeException | Error noThread) {
            ended.add(new Ended(attempt, notSent(attempt, noThread), Duration.ZERO));
        }
    }

    private Ended call(WebhookAttempt attempt, List<WebhookSecret> current) {
        long began = System.nanoTime();
        CallResult result;
        try {
            result = new CallResult.Answered(post(attempt, current));
        } catch (CallFailed e) {
            result = new CallResult.NoAnswer(e.fault());
        } catch (RuntimeException | Error e) {
            result = notSent(attempt, e);
        }
        return new Ended(attempt, result, Duration.ofNanos(System.nanoTime() - began));
    }

    private static CallResult notSent(WebhookAttempt attempt, Throwable failure) {
        LOG.atError()
                .addKeyValue("webhook_id", attempt.webhookId())
                .setCause(failure)
                .log("a webhook could not be sent; it is tried again later");
        return new CallResult.NoAnswer(CallFault.SEM_CONEXAO);
    }

    private EndpointAnswer post(WebhookAttempt attempt, List<WebhookSecret> current) throws CallFailed {
        byte[] body = attempt.corpo().getBytes(StandardCharsets.UTF_8);
        CallbackUrl url =
                CallbackUrl.parse(attempt.url()).orElseThrow(() -> new CallFailed(CallFault.ENDERECO_NAO_PERMITIDO));
        return client.post(
                url,
                Map.of(
                        WebhookSignature.ID,
                        attempt.webhookId(),
                        WebhookSignature.TIMESTAMP,
                        Long.toString(attempt.seconds()),
                        WebhookSignature.SIGNATURE,
                        WebhookSignature.sign(current, attempt.webhookId(), attempt.seconds(), body)),
                body);
    }

    /** Waits for the next call that ends. Returns it and all others that have ended. */
    List<Ended> awaitEnded(Duration atMost) throws InterruptedException {
        List<Ended> all = new ArrayList<>();
        Ended first = ended.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            all.add(first);
            ended.drainTo(all);
        }
        return all;
    }

    /** Lets the calls in hand end, for a while. */
    void finish(Duration patience) throws InterruptedException {
        threads.shutdown();
        var unused = threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
