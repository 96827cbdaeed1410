package dev.pedidos.shared.broker.message;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.ValueWriter;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * Messages arrive with headers that can be read. The client would end the connection at some, for each of its users, and again
 * when the message comes back.
 */
public final class ReadableHeaders {

    /** Takes the place of all headers that a message had, and names the {@link HeaderFault}. */
    static final String REFUSED = "cabecalhos_recusados";

    /** Class, weight, and size of the body. */
    private static final int BEFORE_FLAGS = 2 + 2 + 8;

    private static final int CONTENT_TYPE = 1 << 15;
    private static final int CONTENT_ENCODING = 1 << 14;
    private static final int HEADERS = 1 << 13;

    private ReadableHeaders() {}

    /** The frame itself, unless it has headers that are not read. */
    public static Frame of(Frame frame) throws IOException {
        if (frame.getType() != AMQP.FRAME_HEADER) {
            return frame;
        }
        var payload = ByteBuffer.wrap(frame.getPayload());
        int start;
        Optional<HeaderFault> fault;
        try {
            if (!movedToHeaders(payload)) {
                return frame;
            }
            start = payload.position();
            fault = HeaderTable.fault(HeaderTable.part(payload, payload.getInt()));
        } catch (BufferUnderflowException e) {
            return frame;
        }
        return fault.isEmpty() ? frame : with(fault.get(), frame, start, payload.position());
    }

    /** False if it has none. */
    private static boolean movedToHeaders(ByteBuffer payload) {
        HeaderTable.part(payload, BEFORE_FLAGS);
        int flags = payload.getShort();
        if ((flags & HEADERS) == 0) {
            return false;
        }
        for (int text : new int[] {CONTENT_TYPE, CONTENT_ENCODING}) {
            if ((flags & text) != 0) {
                HeaderTable.part(payload, payload.get() & 0xff);
            }
        }
        return true;
    }

    private static Frame with(HeaderFault fault, Frame frame, int start, int end) throws IOException {
        byte[] payload = frame.getPayload();
        var replaced = new ByteArrayOutputStream();
        replaced.write(payload, 0, start);
        new ValueWriter(new DataOutputStream(replaced)).writeTable(Map.of(REFUSED, fault.name()));
        replaced.write(payload, end, payload.length - end);
        return new Frame(AMQP.FRAME_HEADER, frame.getChannel(), replaced.toByteArray());
    }
}
