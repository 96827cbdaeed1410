package dev.pedidos.api.http;

import dev.pedidos.shared.message.JsonText;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What handlers need of a request and its answer. */
public final class Exchange {
    private static final String JSON = "application/json";
    private static final String UTF_8 = "utf-8";
    private static final byte[] EMPTY = new byte[0];

    private Exchange() {}

    /** The whole body, which {@link BodyGate} has read; 415 unless it says that it is JSON. */
    public static byte[] jsonBody(Context ctx) {
        if (!isJson(ctx.req().getContentType()) || ctx.req().getHeader("Content-Encoding") != null) {
            throw new ProblemException(Problem.unsupportedMediaType());
        }
        return ctx.req().getAttribute(BodyGate.BODY) instanceof byte[] body ? body : EMPTY;
    }

    /** All values of a header; several lines are several values. */
    public static List<String> headers(Context ctx, String name) {
        return Collections.list(ctx.req().getHeaders(name));
    }

    public static void json(Context ctx, int status, String text) {
        ctx.status(status).contentType(JSON).result(text);
    }

    /** JSON as PostgreSQL writes it. */
    public static void compactJson(Context ctx, int status, String text) {
        json(ctx, status, JsonText.compact(text));
    }

    public static void problem(Context ctx, Problem problem) {
        if (problem.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        }
        ctx.status(problem.status()).contentType(Problem.CONTENT_TYPE).result(problem.json());
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals(JSON)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=" + UTF_8)) {
                return false;
            }
        }
        return true;
    }
}
