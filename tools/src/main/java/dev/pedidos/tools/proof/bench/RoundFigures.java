package dev.pedidos.tools.proof.bench;

import dev.pedidos.tools.proof.load.Latencies;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of one round by their names, in the order in which they were measured. A name ends with its unit. */
final class RoundFigures {
    private final Map<String, Double> values = new LinkedHashMap<>();

    void put(String name, double value) {
        values.put(name, value);
    }

    void putMillis(String name, Duration time) {
        values.put(name + " ms", time.toNanos() / 1e6);
    }

    void putPercentiles(String name, Latencies latencies) {
        putMillis(name + " p50", latencies.percentile(50));
        putMillis(name + " p99", latencies.percentile(99));
    }

    /** @param pedidos that the processor time was spent on */
    void putCost(String name, Map<Part, Duration> spent, long pedidos) {
        spent.forEach((part, time) ->
                values.put(name + " " + part.word() + " us/pedido", time.toNanos() / 1e3 / Math.max(1, pedidos)));
    }

    Map<String, Double> values() {
        return values;
    }
}
