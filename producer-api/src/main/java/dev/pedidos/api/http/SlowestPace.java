package dev.pedidos.api.http;

import java.time.Duration;

/**
 * How slowly a client may send or read on average.
 *
 * @param patience on top, however few bytes there are
 */
record SlowestPace(Duration patience, int bytesASecond) {

    /** The most nanoseconds that so many bytes may take. */
    long allowedNanos(long bytes) {
        return patience.toNanos() + bytes * 1_000_000_000L / bytesASecond;
    }
}
