package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes whole answers from handlers and writes them as fast as the client reads. No thread waits for a client. */
final class AnswerGate extends Handler.Wrapper {
    private final SlowClientGuard slowClients;
    private final MemoryShare memory;

    /** @param memory for large answers that clients have not read yet */
    AnswerGate(SlowClientGuard slowClients, MemoryShare memory) {
        this.slowClients = slowClients;
        this.memory = memory;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var connection = request.getConnectionMetaData().getConnection();
        slowClients.hasCome(connection);
        if (HttpMethod.CONNECT.is(request.getMethod())) {
            // We have no tunnels. Jetty keeps the connection open for one whatever the client asks.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        var answer = new OutgoingAnswer(
                request, response, memory, Callback.from(() -> slowClients.await(connection), callback));
        return super.handle(request, answer, answer.handled());
    }
}
