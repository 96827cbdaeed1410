package dev.pedidos.shared.runtime;

import java.util.Optional;

/**
 * A share of the heap; bytes are reserved before they are used. If the whole share is free, one reservation may be
 * larger than the share.
 */
public final class MemoryShare {
    private final long bytes;
    private long taken;

    public MemoryShare(long bytes) {
        this.bytes = bytes;
    }

    public long bytes() {
        return bytes;
    }

    public synchronized long taken() {
        return taken;
    }

    /** True if a reservation of this size would be granted now. */
    public synchronized boolean hasRoomFor(long more) {
        return taken == 0 || taken + more <= bytes;
    }

    /** Empty if there is no room. */
    public Optional<Reservation> reserve(long wanted) {
        return take(wanted) ? Optional.of(new Reservation(wanted)) : Optional.empty();
    }

    private synchronized boolean take(long more) {
        if (!hasRoomFor(more)) {
            return false;
        }
        taken += more;
        return true;
    }

    private synchronized boolean change(long from, long to) {
        boolean fits = to <= from || taken == from || taken - from + to <= bytes;
        if (fits) {
            taken += to - from;
        }
        return fits;
    }

    /** Reserved bytes, until it is closed. */
    public final class Reservation implements AutoCloseable {
        private long held;
        private boolean closed;

        private Reservation(long held) {
            this.held = held;
        }

        /** @return false if there is no room for more; the reservation is unchanged then */
        public synchronized boolean resize(long wanted) {
            if (closed || !change(held, wanted)) {
                return false;
            }
            held = wanted;
            return true;
        }

        public synchronized long bytes() {
            return held;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                change(held, 0);
            }
        }
    }
}
