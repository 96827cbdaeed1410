package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer in pieces, each after the client has taken the one before. A client that reads too slowly is
 * disconnected.
 */
final class AnswerWriter extends IteratingCallback {
    /** The time for one piece of the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PIECE_BYTES = 32 * 1024;
    /** A client that reads a large answer more slowly than this is disconnected too. */
    private static final SlowestPace SLOWEST = new SlowestPace(PATIENCE, 32 * 1024);

    private static final long LOOK_MS = 1_000;

    private final ByteBuffer whole;
    private final Request request;
    private final Response to;
    private final Consumer<@Nullable Throwable> over;
    private final long startedNanos = System.nanoTime();
    private volatile long pieceNanos = startedNanos;
    private volatile long sentBytes;
    private volatile boolean isOver;
    private boolean lastIsSent;

    /** @param over is told once, with the failure if there was one */
    AnswerWriter(ByteBuffer whole, Request request, Response to, Consumer<@Nullable Throwable> over) {
        this.whole = whole;
        this.request = request;
        this.to = to;
        this.over = over;
    }

    void begin() {
        iterate();
        if (!isOver) {
            watch();
        }
    }

    @Override
    protected Action process() {
        if (lastIsSent) {
            return Action.SUCCEEDED;
        }
        // A HEAD has no body; its length is that of the whole answer.
        int size = request.getMethod().equals("HEAD") ? whole.remaining() : Math.min(PIECE_BYTES, whole.remaining());
        ByteBuffer piece = whole.slice(whole.position(), size);
        whole.position(whole.position() + size);
        lastIsSent = !whole.hasRemaining();
        pieceNanos = System.nanoTime();
        sentBytes += size;
        to.write(lastIsSent, piece, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        end(null);
    }

    @Override
    protected void onCompleteFailure(Throwable failure) {
        end(failure);
    }

    private void end(@Nullable Throwable failure) {
        isOver = true;
        over.accept(failure);
    }

    private void watch() {
        var unused = request.getComponents().getScheduler().schedule(this::look, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (isOver) {
            return;
        }
        long now = System.nanoTime();
        if (now - pieceNanos > PATIENCE.toNanos() || now - startedNanos > SLOWEST.allowedNanos(sentBytes)) {
            request.getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close(new TimeoutException("the client reads too slowly"));
        } else {
            watch();
        }
    }
}
