package dev.pedidos.api.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets a request pass when its whole body is there. Until then no thread waits for it: a client that sends a byte now and
 * then costs a buffer, and not for longer than {@link BodyLoad}'s time. Limits hold for bodies with and without a length.
 */
final class BodyGate extends Handler.Wrapper {
    /** Attribute of the request that holds the body, as {@code byte[]}. */
    static final String BODY = "pedidos.body";

    /** All unfinished bodies together. */
    private static final long BUFFERED_BYTES = 64L * 1024 * 1024;

    private final ToIntFunction<Request> limitBytes;
    private final AtomicLong buffered = new AtomicLong();

    BodyGate(ToIntFunction<Request> limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        switch (request.getMethod()) {
            case "POST", "PUT", "PATCH", "DELETE" -> {
                int limit = limitBytes.applyAsInt(request);
                boolean asksFirst = request.getHeaders().contains(HttpHeader.EXPECT);
                if (asksFirst && request.getLength() > limit) {
                    refuse(Problem.tooLarge(limit), response, callback);
                } else {
                    new BodyLoad(this, limit, request, response, callback).run();
                }
                return true;
            }
            default -> {
                return super.handle(request, response, callback);
            }
        }
    }

    /** False if there is no room for that many more. */
    boolean reserve(int bytes) {
        if (buffered.addAndGet(bytes) > BUFFERED_BYTES) {
            buffered.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void free(long bytes) {
        buffered.addAndGet(-bytes);
    }

    void pass(byte[] body, Request request, Response response, Callback callback) {
        try {
            request.setAttribute(BODY, body);
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    static void refuse(Problem problem, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        ProblemErrors.write(problem, response, callback);
    }
}
