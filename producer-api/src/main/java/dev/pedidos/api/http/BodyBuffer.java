package dev.pedidos.api.http;

import dev.pedidos.shared.runtime.MemoryShare;
import dev.pedidos.shared.runtime.MemoryShare.Reservation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of a body that have arrived. It grows with them, and reserves its memory first. For one thread at a time. */
final class BodyBuffer {
    /** So few need no reservation. */
    private static final int FIRST_BYTES = 1024;

    private final MemoryShare memory;
    private final int most;
    private byte[] bytes;
    private int size;
    private @Nullable Reservation reserved;

    /** @param most bytes that the body can have */
    BodyBuffer(MemoryShare memory, int most) {
        this.memory = memory;
        this.most = most;
        bytes = new byte[Math.min(most, FIRST_BYTES)];
    }

    int size() {
        return size;
    }

    /** @return false if there is no memory for them; none was added then */
    boolean add(ByteBuffer chunk) {
        int needed = size + chunk.remaining();
        if (needed > bytes.length && !grow(needed)) {
            return false;
        }
        chunk.get(bytes, size, needed - size);
        size = needed;
        return true;
    }

    private boolean grow(int needed) {
        int wanted = (int) Math.max(needed, Math.min(most, bytes.length * 2L));
        if (!reserve(wanted)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, wanted);
        return true;
    }

    private boolean reserve(int wanted) {
        if (reserved != null) {
            return reserved.resize(wanted);
        }
        reserved = memory.reserve(wanted).orElse(null);
        return reserved != null;
    }

    /** Gives the body away. Its memory stays reserved until {@link #free}. */
    byte[] take() {
        byte[] body = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        drop();
        return body;
    }

    /** Drops what has arrived. */
    void free() {
        drop();
        if (reserved != null) {
            reserved.close();
        }
    }

    private void drop() {
        bytes = new byte[0];
        size = 0;
    }
}
