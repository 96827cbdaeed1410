package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Receives one body: reads the bytes that have arrived, and runs again when there are more. Memory is reserved as they
 * arrive.
 */
final class BodyLoad implements Runnable {
    /** After this a client must keep the pace {@link #SLOWEST}. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

    private static final SlowestPace SLOWEST = new SlowestPace(FIRST_PATIENCE, 16 * 1024);
    /**
     * Chunk framing that is allowed, besides {@link #FRAMING_PER_BYTE} for each byte of content. Jetty bounds neither
     * chunk extensions nor trailers.
     */
    private static final long FRAMING_BYTES = 64 * 1024;

    private static final int FRAMING_PER_BYTE = 8;
    /** For the rest of a refused body. */
    private static final Duration DISCARDING = Duration.ofSeconds(20);

    /**
     * The rest of a refused body is read and discarded up to this size: many clients read the answer only after they
     * have sent everything.
     */
    private static final long DISCARDED_BYTES = 32L * 1024 * 1024;

    private final BodyGate gate;
    private final BodyKind kind;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Connection connection;
    private final long bytesBefore;
    private final long startedNanos = System.nanoTime();
    private final long length;
    private final BodyBuffer buffer;
    /** Bytes of the body so far, also those that are discarded. */
    private volatile long arrived;
    /** The answer, whatever else arrives. */
    private volatile @Nullable Problem refusal;

    BodyLoad(BodyGate gate, BodyKind kind, Request request, Response response, Callback callback) {
        this.gate = gate;
        this.kind = kind;
        this.request = request;
        this.response = response;
        this.callback = callback;
        connection = request.getConnectionMetaData().getConnection();
        bytesBefore = connection.getBytesIn();
        length = request.getLength();
        buffer = new BodyBuffer(kind.coming(), length < 0 ? kind.limitBytes() : (int) expectedBytes());
    }

    long expectedBytes() {
        return Math.min(kind.limitBytes(), length);
    }

    /**
     * True: the connection is to be closed. The client keeps it busy with other bytes than content, so {@link #run} does
     * not see that it is too slow. Called by another thread.
     */
    boolean isOverdue(long nowNanos, long bytesIn) {
        long content = arrived;
        return nowNanos - startedNanos > allowedNanos(content) + SlowClientGuard.IDLE.toNanos()
                || bytesIn - bytesBefore > FRAMING_BYTES + (FRAMING_PER_BYTE + 1) * content;
    }

    /** Discards the body. */
    void refuse(Problem problem) {
        refusal = problem;
        run();
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            take(chunk.getByteBuffer());
            chunk.release();
            if (last || (refusal != null && arrived > DISCARDED_BYTES)) {
                finish();
                return;
            }
            if (isTooSlow()) {
                end(refusal == null ? Problem.timeout() : refusal);
                return;
            }
        }
    }

    private boolean isTooSlow() {
        return System.nanoTime() - startedNanos > allowedNanos(arrived);
    }

    private long allowedNanos(long content) {
        long allowed = SLOWEST.allowedNanos(content);
        return refusal == null ? allowed : Math.min(DISCARDING.toNanos(), allowed);
    }

    private void take(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (refusal == null && buffer.size() + more > kind.limitBytes()) {
            throwAway(Problem.tooLarge(kind.limitBytes()));
        }
        if (refusal == null && !buffer.add(chunk)) {
            throwAway(Problem.overloaded());
        }
        arrived += more;
    }

    private void throwAway(Problem reason) {
        refusal = reason;
        buffer.free();
    }

    private void finish() {
        if (refusal != null) {
            end(refusal);
            return;
        }
        byte[] body = buffer.take();
        received();
        gate.pass(body, kind, request, response, callback);
    }

    private void failed(Throwable failure) {
        if (failure instanceof TimeoutException) {
            end(refusal == null ? Problem.timeout() : refusal);
        } else {
            received();
            Response.writeError(request, response, callback, failure);
        }
    }

    private void end(Problem problem) {
        received();
        BodyGate.refuse(problem, response, callback);
    }

    private void received() {
        buffer.free();
        gate.received(connection);
    }
}
