package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends one answer. Its handler is finished at once; an {@link AnswerWriter} writes the answer, and then its memory is free
 * again.
 */
final class OutgoingAnswer extends Response.Wrapper {
    /** Larger ones take memory that is reserved, until the client has read them. */
    private static final int SMALL_BYTES = 64 * 1024;

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
        ByteBuffer whole =
                request.getAttribute(AnswerBody.ATTRIBUTE) instanceof AnswerBody body ? body.bytes() : collected();
        if (whole.hasRemaining()) {
            getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.remaining());
        }
        new AnswerWriter(whole, request, getWrapped(), this::sendingIsOver).begin();
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
        if (request.getAttribute(AnswerBody.ATTRIBUTE) instanceof AnswerBody body) {
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
}
