package dev.pedidos.api.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One body on its way in: takes what is there, and is run again when there is more. */
final class BodyLoad implements Runnable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int FIRST_BUFFER = 1024;
    /** A body beyond its limit is read on and thrown away, up to here: many clients only read the answer when they have sent. */
    private static final long DISCARDED_BYTES = 32L * 1024 * 1024;

    private final BodyGate gate;
    private final int limit;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final long startedNanos = System.nanoTime();
    private byte[] bytes;
    private int size;
    private long discarded;
    private long reserved;

    BodyLoad(BodyGate gate, int limit, Request request, Response response, Callback callback) {
        this.gate = gate;
        this.limit = limit;
        this.request = request;
        this.response = response;
        this.callback = callback;
        long length = request.getLength();
        this.bytes = new byte[length >= 0 && length < FIRST_BUFFER ? (int) length : FIRST_BUFFER];
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
            boolean room = take(chunk.getByteBuffer());
            chunk.release();
            if (!room) {
                end(Problem.overloaded());
                return;
            }
            if (last || discarded > DISCARDED_BYTES) {
                finish();
                return;
            }
            if (System.nanoTime() - startedNanos > PATIENCE.toNanos()) {
                end(Problem.timeout());
                return;
            }
        }
    }

    private boolean take(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (discarded > 0 || size + more > limit) {
            discarded += more;
            return true;
        }
        if (size + more > bytes.length) {
            int wanted = Math.min(limit, Math.max(bytes.length * 2, size + more));
            if (!gate.reserve(wanted - bytes.length)) {
                return false;
            }
            reserved += wanted - bytes.length;
            bytes = Arrays.copyOf(bytes, wanted);
        }
        chunk.get(bytes, size, more);
        size += more;
        return true;
    }

    private void finish() {
        if (discarded > 0) {
            end(Problem.tooLarge(limit));
            return;
        }
        gate.free(reserved);
        gate.pass(size == bytes.length ? bytes : Arrays.copyOf(bytes, size), request, response, callback);
    }

    private void failed(Throwable failure) {
        if (failure instanceof TimeoutException) {
            end(Problem.timeout());
        } else {
            gate.free(reserved);
            Response.writeError(request, response, callback, failure);
        }
    }

    private void end(Problem problem) {
        gate.free(reserved);
        BodyGate.refuse(problem, response, callback);
    }
}
