package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import java.nio.ByteBuffer;

/**
 * The body of an answer that may be large: its bytes, and the memory reserved for them until the client has read them.
 *
 * @param bytes the answer, from the position to the limit
 */
public record AnswerBody(ByteBuffer bytes, MemoryShare.Reservation memory) implements AutoCloseable {
    static final String ATTRIBUTE = "pedidos.answer";

    @Override
    public void close() {
        memory.close();
    }
}
