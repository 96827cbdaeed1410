package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare.Reservation;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes a request on when its whole body has arrived and memory is reserved for processing it. No thread waits until
 * then: a client that sends a byte now and then costs only a buffer, and for no longer than {@link BodyLoad} allows.
 * Limits hold for bodies with and without a declared length.
 */
final class BodyGate extends Handler.Wrapper {
    /** Request attribute with the body, as {@code byte[]}. */
    static final String BODY = "pedidos.body";
    /** Request attribute with the memory reserved for the request. */
    static final String MEMORY = "pedidos.memory";

    private final Function<Request, BodyKind> kinds;
    private final SlowClientGuard slowClients;

    BodyGate(Function<Request, BodyKind> kinds, SlowClientGuard slowClients) {
        this.kinds = kinds;
        this.slowClients = slowClients;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        switch (request.getMethod()) {
            case "POST", "PUT", "PATCH", "DELETE" -> {
                BodyKind kind = kinds.apply(request);
                var load = new BodyLoad(this, kind, request, response, callback);
                boolean isTooLarge = request.getLength() > kind.limitBytes();
                if (isTooLarge && request.getHeaders().contains(HttpHeader.EXPECT)) {
                    refuse(Problem.tooLarge(kind.limitBytes()), response, callback);
                    return true;
                }
                slowClients.receives(request.getConnectionMetaData().getConnection(), load);
                if (isTooLarge) {
                    load.refuse(Problem.tooLarge(kind.limitBytes()));
                } else if (request.getLength() > 0 && !kind.coming().hasRoomFor(load.expectedBytes())) {
                    load.refuse(Problem.overloaded());
                } else {
                    load.run();
                }
                return true;
            }
            default -> {
                return super.handle(request, response, callback);
            }
        }
    }

    void received(Connection connection) {
        slowClients.received(connection);
    }

    void pass(byte[] body, BodyKind kind, Request request, Response response, Callback callback) {
        Reservation memory = kind.inHand().reserve(BodyWeight.whileRead(body)).orElse(null);
        if (memory == null) {
            ProblemErrors.write(Problem.overloaded(), response, callback);
            return;
        }
        Callback whenDone = Callback.from(callback, memory::close);
        try {
            request.setAttribute(BODY, body);
            request.setAttribute(MEMORY, memory);
            if (!super.handle(request, response, whenDone)) {
                Response.writeError(request, response, whenDone, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, whenDone, e);
        }
    }

    static void refuse(Problem problem, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        ProblemErrors.write(problem, response, callback);
    }
}
