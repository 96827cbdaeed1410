package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/** Writes an {@link EventStream} as an answer that ends when the stream does. */
final class StreamWriter extends IteratingCallback {
    /** A stream is never silent for so long: comments are written, and {@link EventStream#PATIENCE} is shorter. */
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final EventStream stream;
    private final Response to;
    private final EndPoint connection;
    private final Consumer<@Nullable Throwable> over;
    private boolean lastIsSent;

    /** @param over is told once, with the failure if there was one */
    StreamWriter(EventStream stream, Request request, Response to, Consumer<@Nullable Throwable> over) {
        this.stream = stream;
        this.to = to;
        this.over = over;
        connection = request.getConnectionMetaData().getConnection().getEndPoint();
    }

    void begin() {
        to.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
        connection.setIdleTimeout(IDLE.toMillis());
        stream.writeWith(this);
    }

    @Override
    protected Action process() {
        if (lastIsSent) {
            return Action.SUCCEEDED;
        }
        return switch (stream.next()) {
            case EventStream.Next.Nothing() -> Action.IDLE;
            case EventStream.Next.Piece(var bytes) -> write(bytes);
            case EventStream.Next.End() -> {
                lastIsSent = true;
                yield write(ByteBuffer.allocate(0));
            }
        };
    }

    private Action write(ByteBuffer bytes) {
        to.write(lastIsSent, bytes, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        over.accept(null);
    }

    @Override
    protected void onCompleteFailure(Throwable failure) {
        over.accept(failure);
    }

    void cut() {
        connection.close(new TimeoutException("the client reads too slowly, or the program stops"));
    }
}
