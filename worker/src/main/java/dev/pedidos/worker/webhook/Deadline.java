package dev.pedidos.worker.webhook;

import java.time.Duration;

/** The moment at which a call must be over. */
record Deadline(long atNanos) {

    static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return remaining().isZero();
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }
}
