package dev.pedidos.worker.http;

import dev.pedidos.shared.text.Digits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an answer of HTTP/1.1: its head, and as much of its body as is wanted. */
public final class AnswerReader {

    /** With what stands around the chunks of the body. */
    private static final int HEAD_BYTES = 32 * 1024;

    private static final int MOST_INTERIM = 5;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");

    /** Its name is a token, RFC 9110 section 5.6.2. */
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \\t]*:(.*)", Pattern.DOTALL);

    /** It is no whole answer of HTTP/1.1, or its head is too long. */
    public static final class NotHttp extends IOException {
        private static final long serialVersionUID = 1L;

        NotHttp(String message) {
            super(message);
        }
    }

    private final InputStream in;
    private int headBytes;

    public AnswerReader(InputStream in) {
        this.in = in;
    }

    public AnswerHead head() throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            var head = new AnswerHead(status(), headers());
            if (head.status() >= 200) {
                return head;
            }
        }
        throw new NotHttp("too many interim answers");
    }

    private int status() throws IOException {
        Matcher status = STATUS.matcher(line());
        if (!status.matches()) {
            throw new NotHttp("no status line");
        }
        return Digits.toInt(status.group(1));
    }

    private HttpHeaders headers() throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        for (String header = line(); !header.isEmpty(); header = line()) {
            Matcher field = FIELD.matcher(header);
            if (field.matches()) {
                headers.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                        .add(field.group(2).strip());
            }
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    /**
     * Reads the body up to this many bytes.
     *
     * @param into gets what has come, also if the rest does not come
     */
    public void body(AnswerHead head, int most, ByteArrayOutputStream into) throws IOException {
        boolean chunked = head.isChunked();
        long left = chunked ? chunkSize() : head.length();
        while (left > 0 && into.size() < most) {
            byte[] piece = in.readNBytes((int) Math.min(left, most - into.size()));
            into.writeBytes(piece);
            if (piece.length == 0) {
                if (!chunked && head.length() == AnswerHead.UNTIL_THE_END) {
                    return;
                }
                throw brokenOff();
            }
            left -= piece.length;
            if (chunked && left == 0) {
                line();
                left = chunkSize();
            }
        }
    }

    private long chunkSize() throws IOException {
        String size = line().split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new NotHttp("no size of a chunk");
        }
        return HexFormat.fromHexDigitsToLong(size);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream(64);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw brokenOff();
            }
            headBytes++;
            if (headBytes > HEAD_BYTES) {
                throw new NotHttp("its head is longer than " + HEAD_BYTES + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static NotHttp brokenOff() {
        return new NotHttp("it breaks off");
    }
}
