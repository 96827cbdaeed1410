package dev.pedidos.worker.http;

import java.time.Duration;

/** The moment at which something must be over. */
public record Deadline(long atNanos) {

    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public boolean isOver() {
        return remaining().isZero();
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
    }
}
