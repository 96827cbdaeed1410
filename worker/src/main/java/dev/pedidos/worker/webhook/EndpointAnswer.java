package dev.pedidos.worker.webhook;

import dev.pedidos.worker.http.AnswerHead;
import dev.pedidos.worker.http.AnswerReader;
import dev.pedidos.worker.http.RetryAfter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint's answer.
 *
 * @param retryAfter how long it asks us to wait
 * @param excerpt the beginning of its body, without control characters
 */
record EndpointAnswer(int status, Optional<Duration> retryAfter, String excerpt) {

    private static final int EXCERPT_BYTES = 1024;

    static EndpointAnswer of(AnswerReader answer) throws IOException {
        var head = answer.head();
        return new EndpointAnswer(head.status(), RetryAfter.of(head.headers()), excerpt(answer, head));
    }

    /** The answer counts by its head: a body that breaks off changes nothing. */
    private static String excerpt(AnswerReader answer, AnswerHead head) {
        var bytes = new ByteArrayOutputStream();
        try {
            answer.body(head, EXCERPT_BYTES, bytes);
        } catch (IOException e) {
            // We have only the part that came.
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Z}\\s\\uFFFD]+", " ")
                .strip();
    }
}
