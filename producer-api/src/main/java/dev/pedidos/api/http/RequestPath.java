package dev.pedidos.api.http;

import dev.pedidos.shared.message.Limits;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Request;

/** The path of a request as routes see it: not decoded, and nothing in it that others would read as another path. */
public final class RequestPath {
    /** Jetty leaves these to {@link #isPlain}, which names the fault; what else is ambiguous it refuses by itself. */
    static final UriCompliance LEFT_TO_US = UriCompliance.DEFAULT.with(
            "pedidos",
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.BAD_UTF8_ENCODING,
            Violation.TRUNCATED_UTF8_ENCODING,
            Violation.BAD_PERCENT_ENCODING,
            Violation.UTF16_ENCODINGS);

    private static final Pattern SLASHES_AT_END = Pattern.compile("/+$");

    private RequestPath() {}

    /** A slash at its end does not count. */
    public static String of(Request request) {
        return SLASHES_AT_END.matcher(raw(request)).replaceFirst("");
    }

    /** False where a segment is badly encoded, or one that clients and proxies take out: {@code .} and {@code ..}. */
    static boolean isPlain(Request request) {
        for (String segment : raw(request).split("/", -1)) {
            if (PercentText.decode(segment).filter(text -> !Limits.isDots(text)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static String raw(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }
}
