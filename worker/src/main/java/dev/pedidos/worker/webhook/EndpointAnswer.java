package dev.pedidos.worker.webhook;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.worker.http.AnswerHead;
import dev.pedidos.worker.http.AnswerReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An endpoint's answer.
 *
 * @param retryAfter how long it asks us to wait
 * @param excerpt the beginning of its body, without control characters
 */
record EndpointAnswer(int status, Optional<Duration> retryAfter, String excerpt) {

    private static final int EXCERPT_BYTES = 1024;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    static EndpointAnswer of(AnswerReader answer) throws IOException {
        var head = answer.head();
        var retryAfter = head.headers()
                .firstValue("retry-after")
                .filter(SECONDS.asMatchPredicate())
                .map(seconds -> Duration.ofSeconds(Digits.toInt(seconds)));
        return new EndpointAnswer(head.status(), retryAfter, excerpt(answer, head));
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
                .replaceAll("[\\p{Cntrl}\\uFFFD]+", " ")
                .strip();
    }
}
