package dev.pedidos.worker.webhook;

import dev.pedidos.shared.text.Digits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an answer of HTTP/1.1: its head, and no more of its body than we keep. */
final class AnswerReader {
    private static final int HEAD_BYTES = 32 * 1024;
    private static final int EXCERPT_BYTES = 1024;
    private static final int MOST_INTERIM = 5;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    /** It is not an answer of HTTP/1.1, or its head is too long. */
    static final class NotHttp extends IOException {
        private static final long serialVersionUID = 1L;

        NotHttp(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private int headBytes;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    EndpointAnswer read() throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            int status = status();
            Optional<Duration> retryAfter = Optional.empty();
            long length = Long.MAX_VALUE;
            boolean chunked = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String name =
                        header.substring(0, Math.max(0, header.indexOf(':'))).toLowerCase(Locale.ROOT);
                String value = header.substring(header.indexOf(':') + 1).strip();
                switch (name) {
                    case "retry-after" -> retryAfter = seconds(value);
                    case "content-length" ->
                        length = seconds(value).map(Duration::toSeconds).orElse(Long.MAX_VALUE);
                    case "transfer-encoding" -> chunked = true;
                    default -> {
                        // Means nothing to us.
                    }
                }
            }
            if (status >= 200) {
                return new EndpointAnswer(
                        status, retryAfter, excerpt(hasBody(status) ? length : 0, chunked && hasBody(status)));
            }
        }
        throw new NotHttp("too many interim answers");
    }

    /** Never with these, whatever the headers say: RFC 9112, 6.3. */
    private static boolean hasBody(int status) {
        return status != 204 && status != 304;
    }

    private int status() throws IOException {
        Matcher status = STATUS.matcher(line());
        if (!status.matches()) {
            throw new NotHttp("no status line");
        }
        return Digits.toInt(status.group(1));
    }

    private static Optional<Duration> seconds(String text) {
        return SECONDS.matcher(text).matches() ? Optional.of(Duration.ofSeconds(Digits.toInt(text))) : Optional.empty();
    }

    /** The answer counts by its head: a body that breaks off changes nothing. */
    private String excerpt(long length, boolean chunked) {
        var bytes = new ByteArrayOutputStream();
        try {
            long left = chunked ? chunkSize() : length;
            while (left > 0 && bytes.size() < EXCERPT_BYTES) {
                byte[] piece = in.readNBytes((int) Math.min(left, EXCERPT_BYTES - bytes.size()));
                bytes.writeBytes(piece);
                left -= piece.length;
                if (piece.length == 0) {
                    break;
                }
                if (chunked && left == 0) {
                    line();
                    left = chunkSize();
                }
            }
        } catch (IOException e) {
            // What came is what we have.
        }
        return printable(bytes.toString(StandardCharsets.UTF_8));
    }

    private long chunkSize() throws IOException {
        String size = line().split(";", 2)[0].strip();
        return size.matches("[0-9A-Fa-f]{1,8}") ? HexFormat.fromHexDigitsToLong(size) : 0;
    }

    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\uFFFD]+", " ").strip();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new NotHttp("the answer breaks off");
            }
            headBytes++;
            if (headBytes > HEAD_BYTES) {
                throw new NotHttp("the head of the answer is longer than " + HEAD_BYTES + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
