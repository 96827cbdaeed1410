package dev.pedidos.tools.proof.bench;

import dev.pedidos.tools.proof.load.Latencies;
import java.time.Instant;
import java.util.Map;

/**
 * The pedidos of one window.
 *
 * @param dueMicros when each accepted pedido was due to be sent, in microseconds since 1970, by pedido_id
 * @param refused the number of answers other than 202
 * @param answers from the time at which a pedido was due to its answer
 */
record Sent(Map<String, Long> dueMicros, long refused, Instant from, Instant to, Latencies answers) {

    int accepted() {
        return dueMicros.size();
    }

    double perSecond() {
        return accepted() / Seconds.between(from, to);
    }
}
