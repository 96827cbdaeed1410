package dev.pedidos.api.http;

import dev.pedidos.shared.message.JsonText;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.runtime.MemoryShare;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a request and writes its answer, for handlers. */
public final class HttpExchange {
    private static final String JSON = "application/json";
    private static final String UTF_8 = "utf-8";
    private static final byte[] EMPTY = new byte[0];

    private HttpExchange() {}

    /** The whole body, which {@link BodyGate} has read. Fails with 415 unless the request says that it is JSON. */
    public static byte[] jsonBody(Context ctx) {
        byte[] body = jsonOrNothing(ctx);
        if (contentTypes(ctx).isEmpty()) {
            throw new ProblemException(Problem.unsupportedMediaType());
        }
        return body;
    }

    /** As {@link #jsonBody}; a request without a body needs no content type. */
    public static byte[] jsonOrNothing(Context ctx) {
        byte[] body = ctx.req().getAttribute(BodyGate.BODY) instanceof byte[] bytes ? bytes : EMPTY;
        List<String> types = contentTypes(ctx);
        boolean json = types.isEmpty() ? body.length == 0 : types.size() == 1 && isJson(types.getFirst());
        if (!json || !headers(ctx, "Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new ProblemException(Problem.unsupportedMediaType());
        }
        return body;
    }

    /**
     * The id in the address.
     *
     * @param unknown the detail of the 404 if it can be no id
     */
    public static String pathId(Context ctx, String name, String unknown) {
        String id = ctx.pathParam(name);
        if (!Limits.isId(id)) {
            throw new ProblemException(Problem.notFound(unknown));
        }
        return id;
    }

    /** @throws dev.pedidos.shared.message.InvalidFields lists every part that is badly encoded */
    public static Map<String, List<String>> query(Context ctx) {
        return Query.parse(ctx.req().getQueryString());
    }

    /** Frees memory: the stored form exists, and the body is not needed any more. */
    public static void releaseBody(Context ctx) {
        if (ctx.req().getAttribute(BodyGate.BODY) instanceof byte[] body
                && ctx.req().getAttribute(BodyGate.MEMORY) instanceof MemoryShare.Reservation memory) {
            ctx.req().removeAttribute(BodyGate.BODY);
            memory.resize(Math.min(memory.bytes(), BodyWeight.onceRead(body.length)));
        }
    }

    /** Frees memory: the request waits for something else, and only its answer is left to be written. */
    public static void releaseAllButAnswer(Context ctx) {
        ctx.req().removeAttribute(BodyGate.BODY);
        if (ctx.req().getAttribute(BodyGate.MEMORY) instanceof MemoryShare.Reservation memory) {
            memory.resize(Math.min(memory.bytes(), BodyWeight.onceRead(0)));
        }
    }

    /** Answers with JSON that is written as fast as the client reads; its memory stays reserved until then. */
    public static void json(Context ctx, int status, AnswerBody body) {
        ctx.status(status).contentType(JSON);
        ctx.req().setAttribute(AnswerBody.ATTRIBUTE, body);
    }

    /** All values of a header; each line may have several. */
    public static List<String> headers(Context ctx, String name) {
        return Collections.list(ctx.req().getHeaders(name));
    }

    public static void json(Context ctx, int status, String text) {
        write(ctx, status, JSON, text);
    }

    /** Answers with JSON as PostgreSQL writes it, without its white space. */
    public static void compactJson(Context ctx, int status, String text) {
        json(ctx, status, JsonText.compact(text));
    }

    public static void problem(Context ctx, Problem problem) {
        if (problem.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        }
        write(ctx, problem.status(), Problem.CONTENT_TYPE, problem.json());
    }

    /** Writes bytes: for text without a charset in its content type the server would use Latin-1. */
    private static void write(Context ctx, int status, String contentType, String text) {
        ctx.status(status).contentType(contentType).result(text.getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static List<String> contentTypes(Context ctx) {
        return (List<String>) ctx.req().getAttribute(RequestFilter.CONTENT_TYPES);
    }

    private static boolean isJson(String contentType) {
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
