package dev.pedidos.tools.proof.load;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.tools.api.ApiEndpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts a pedido or an event once. Distinguishes a pedido that was never sent from one whose acceptance is unknown.
 */
final class PedidoPost implements AutoCloseable {
    private static final long LONGEST_RETRY_AFTER_SECONDS = 30;

    /** The answer to a pedido, or to an event of an operation. */
    private static final Pattern ACCEPTED = Pattern.compile("^\\s*\\{[\\s\\S]*\"(pedido_id|external_id)\"\\s*:");

    private final Duration answerWithin;
    private final HttpClient http;

    PedidoPost(Duration answerWithin) {
        this.answerWithin = answerWithin;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(answerWithin)
                .build();
    }

    /** @param key the Idempotency-Key: every sending with it is the same pedido */
    PostResult once(ApiEndpoint api, Outgoing pedido, @Nullable String key) throws InterruptedException {
        HttpRequest.Builder request =
                api.call(pedido.address().path()).timeout(answerWithin).POST(BodyPublishers.ofByteArray(pedido.body()));
        if (key != null) {
            request.setHeader("Idempotency-Key", key);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return isForeign(answer)
                    ? new PostResult(
                            LoadAnswer.FOREIGN, "HTTP " + answer.statusCode() + " that names no pedido", Duration.ZERO)
                    : new PostResult(answer.statusCode(), answer.body(), pause(answer));
        } catch (IOException e) {
            return new PostResult(isNotReached(e) ? LoadAnswer.NOT_REACHED : LoadAnswer.NONE, text(e), Duration.ZERO);
        }
    }

    /** A page of a gateway, for example one to log in, is often sent with 200. */
    private static boolean isForeign(HttpResponse<String> answer) {
        boolean accepted = answer.statusCode() == 202 || answer.statusCode() == 200;
        return accepted && !ACCEPTED.matcher(answer.body()).find();
    }

    private static boolean isNotReached(IOException e) {
        return e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || e instanceof UnknownHostException;
    }

    private static String text(IOException e) {
        return switch (e) {
            case HttpConnectTimeoutException tooLong -> "no connection in time";
            case HttpTimeoutException tooLong -> "no answer in time";
            case ConnectException refused -> isUnknownHost(refused) ? "the host is unknown" : "connection refused";
            default -> "the connection broke (" + e.getMessage() + ")";
        };
    }

    private static boolean isUnknownHost(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof UnresolvedAddressException || (cause != null && isUnknownHost(cause));
    }

    private static Duration pause(HttpResponse<?> answer) {
        String given = answer.headers().firstValue("Retry-After").orElse("1");
        return given.matches("[0-9]{1,9}")
                ? Duration.ofSeconds(Math.min(Digits.toLong(given), LONGEST_RETRY_AFTER_SECONDS))
                : Duration.ofSeconds(1);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
