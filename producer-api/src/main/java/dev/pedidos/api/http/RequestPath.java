package dev.pedidos.api.http;

import dev.pedidos.shared.message.Limits;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Request;

/**
 * The path of a request as routes see it: not decoded, and refused if another program could read it as another path.
 */
public final class RequestPath {
    /** {@link #isPlain} checks these and names the fault; Jetty refuses other ambiguous paths itself. */
    static final UriCompliance LEFT_TO_US = UriCompliance.DEFAULT.with(
            "pedidos",
            Violation.AMBIGUOUS_PATH_SEGMENT,
            Violation.BAD_UTF8_ENCODING,
            Violation.TRUNCATED_UTF8_ENCODING,
            Violation.BAD_PERCENT_ENCODING,
            Violation.UTF16_ENCODINGS);

    private static final Pattern SLASHES_AT_END = Pattern.compile("/+$");

    private RequestPath() {}

    /** Without a slash at its end. */
    public static String of(Request request) {
        return SLASHES_AT_END.matcher(raw(request)).replaceFirst("");
    }

    /** False if a segment is badly encoded, or is {@code .} or {@code ..}, which clients and proxies remove. */
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
