package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers the server's own refusals (bad request line, bad address, headers too large, stopping) as problems, not as
 * HTML.
 */
final class ProblemErrors extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        write(Problem.ofStatus(code), response, callback);
    }

    /** Jetty will rename this method; no other hook sees bytes that are not a request. */
    @Override
    @SuppressWarnings("removal")
    public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        return bytes(Problem.ofStatus(status));
    }

    static void write(Problem problem, Response response, Callback callback) {
        response.write(true, instead(problem, response), callback);
    }

    /** Gives the response the problem's status and headers; returns its body. */
    static ByteBuffer instead(Problem problem, Response response) {
        response.setStatus(problem.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        if (problem.retryAfterSeconds() > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        return bytes(problem);
    }

    private static ByteBuffer bytes(Problem problem) {
        return ByteBuffer.wrap(problem.json().getBytes(StandardCharsets.UTF_8));
    }
}
