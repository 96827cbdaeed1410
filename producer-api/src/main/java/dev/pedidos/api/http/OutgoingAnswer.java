package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer. Its handler is finished at once; the answer is written in pieces, each after the client has taken
 * the one before. A client that reads too slowly is disconnected, and the memory of the answer is free again.
 */
final class OutgoingAnswer extends Response.Wrapper {
    /** The time for one piece of the answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PIECE_BYTES = 32 * 1024;
    /** Larger ones take memory that is reserved, until the client has read them. */
    private static final int SMALL_BYTES = 64 * 1024;
    /** A client that reads a large answer more slowly than this on average is disconnected too. */
    private static final int SLOWEST_BYTES_A_SECOND = 32 * 1024;

    private static final long LOOK_MS = 1_000;

    private final Request request;
    private final Callback sent;
    private final MemoryShare memory;
    private ByteArrayOutputStream collected = new ByteArrayOutputStream(0);
    private MemoryShare.@Nullable Reservation reserved;
    private @Nullable Throwable sendingFailure;
    private boolean begun;
    private boolean sendingIsOver;
    private boolean handlerIsDone;
    private boolean ended;

    /**
     * @param memory for large answers that the client has not read yet
     * @param sent completes when the client has the whole answer, or will never have it
     */
    OutgoingAnswer(Request request, Response response, MemoryShare memory, Callback sent) {
        super(request, response);
        this.request = request;
        this.memory = memory;
        this.sent = sent;
    }

    /** The callback that the handler completes. */
    Callback handled() {
        return Callback.from(this::handlerSucceeded, this::fail);
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback taken) {
        if (content != null && content.hasRemaining()) {
            byte[] piece = new byte[content.remaining()];
            content.get(piece);
            collected.writeBytes(piece);
        }
        if (last && !begun) {
            begun = true;
            begin();
        }
        taken.succeeded();
    }

    @Override
    public void reset() {
        collected.reset();
        super.reset();
    }

    private void begin() {
        if (request.getAttribute(EventStream.ATTRIBUTE) instanceof EventStream stream && stream.isBegun()) {
            new StreamWriter(stream, request, getWrapped(), this::sendingIsOver).begin();
        } else {
            sendWhole();
        }
    }

    private void sendWhole() {
        ByteBuffer whole = request.getAttribute(Body.ATTRIBUTE) instanceof Body body ? body.bytes() : collected();
        if (whole.hasRemaining()) {
            getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.remaining());
        }
        var sending = new Sending(whole, getWrapped());
        sending.iterate();
        sending.watchUnlessOver();
    }

    private ByteBuffer collected() {
        byte[] bytes = collected.toByteArray();
        // Its buffer may be twice as large as the answer.
        collected = new ByteArrayOutputStream(0);
        if (bytes.length > SMALL_BYTES) {
            reserved = memory.reserve(bytes.length).orElse(null);
            if (reserved == null) {
                super.reset();
                return ProblemErrors.instead(Problem.overloaded(), getWrapped());
            }
        }
        return ByteBuffer.wrap(bytes);
    }

    private synchronized void handlerSucceeded() {
        handlerIsDone = true;
        if (!begun || sendingIsOver) {
            end(sendingFailure);
        }
    }

    /** Never before the handler is finished: the server reuses its objects then. */
    private synchronized void sendingIsOver(@Nullable Throwable failure) {
        sendingIsOver = true;
        sendingFailure = failure;
        if (handlerIsDone) {
            end(failure);
        }
    }

    private synchronized void fail(Throwable failure) {
        end(failure);
    }

    private void end(@Nullable Throwable failure) {
        if (ended) {
            return;
        }
        ended = true;
        if (reserved != null) {
            reserved.close();
        }
        if (request.getAttribute(Body.ATTRIBUTE) instanceof Body body) {
            body.close();
        }
        if (request.getAttribute(EventStream.ATTRIBUTE) instanceof EventStream stream) {
            stream.close();
        }
        if (failure == null) {
            sent.succeeded();
        } else {
            sent.failed(failure);
        }
    }

    /** Writes the pieces, one after the other. */
    private final class Sending extends IteratingCallback {
        private final ByteBuffer whole;
        private final Response to;
        private final long startedNanos = System.nanoTime();
        private volatile long pieceNanos = startedNanos;
        private volatile long sentBytes;
        private boolean lastIsSent;

        Sending(ByteBuffer whole, Response to) {
            this.whole = whole;
            this.to = to;
        }

        @Override
        protected Action process() {
            if (lastIsSent) {
                return Action.SUCCEEDED;
            }
            // A HEAD has no body; its length is that of the whole answer.
            int size =
                    request.getMethod().equals("HEAD") ? whole.remaining() : Math.min(PIECE_BYTES, whole.remaining());
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
            sendingIsOver(null);
        }

        @Override
        protected void onCompleteFailure(Throwable failure) {
            sendingIsOver(failure);
        }

        private void watchUnlessOver() {
            if (!isOver()) {
                watch();
            }
        }

        private boolean isOver() {
            synchronized (OutgoingAnswer.this) {
                return sendingIsOver;
            }
        }

        private void watch() {
            var unused = request.getComponents().getScheduler().schedule(this::look, LOOK_MS, TimeUnit.MILLISECONDS);
        }

        private void look() {
            if (isOver()) {
                return;
            }
            long now = System.nanoTime();
            long allowed = PATIENCE.toNanos() + sentBytes * 1_000_000_000L / SLOWEST_BYTES_A_SECOND;
            if (now - pieceNanos > PATIENCE.toNanos() || now - startedNanos > allowed) {
                request.getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close(new TimeoutException("the client reads too slowly"));
            } else {
                watch();
            }
        }
    }
}
