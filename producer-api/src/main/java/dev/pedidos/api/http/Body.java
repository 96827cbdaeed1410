package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import java.nio.ByteBuffer;

/**
 * Of an answer, which may be large: its bytes, and the memory that is reserved for them until the client has read them.
 *
 * @param bytes the answer, from the position to the limit
 */
public record Body(ByteBuffer bytes, MemoryShare.Reservation memory) implements AutoCloseable {
    static final String ATTRIBUTE = "pedidos.answer";

    @Override
    public void close() {
        memory.close();
    }
}
