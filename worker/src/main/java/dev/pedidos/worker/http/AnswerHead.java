package dev.pedidos.worker.http;

import dev.pedidos.shared.text.Digits;
import java.net.http.HttpHeaders;
import java.util.regex.Pattern;

/** Status and headers of an answer. */
public record AnswerHead(int status, HttpHeaders headers) {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,15}");

    /** The body ends with the connection. */
    static final long UNTIL_THE_END = Long.MAX_VALUE;

    boolean isChunked() {
        return hasBody() && headers.firstValue("transfer-encoding").isPresent();
    }

    /** Of a body that is not chunked. */
    long length() {
        if (!hasBody()) {
            return 0;
        }
        return headers.firstValue("content-length")
                .filter(LENGTH.asMatchPredicate())
                .map(Digits::toLong)
                .orElse(UNTIL_THE_END);
    }

    /** Never with these, whatever the headers say: RFC 9112, 6.3. */
    private boolean hasBody() {
        return status != 204 && status != 304;
    }
}
