package dev.pedidos.shared.runtime;

import java.util.Optional;

/** A part of the heap that is reserved before it is used. Where all of it is free, one that is larger than the whole gets in alone. */
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

    /** Whether that many would be given now. */
    public synchronized boolean hasRoomFor(long more) {
        return taken == 0 || taken + more <= bytes;
    }

    /** Empty where there is no room. */
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

    /** Some of it, until it is closed. */
    public final class Reservation implements AutoCloseable {
        private long held;
        private boolean closed;

        private Reservation(long held) {
            this.held = held;
        }

        /** @return false where there is no room for more: it stays as it was */
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
