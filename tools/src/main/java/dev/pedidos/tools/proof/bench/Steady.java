package dev.pedidos.tools.proof.bench;

import dev.pedidos.tools.proof.load.Latencies;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A window in which pedidos were due at a steady rate.
 *
 * @param effect from the time at which a pedido was due to its effect
 */
record Steady(int perSecond, Sent sent, Latencies effect) {
    /** The longest p99 of the effect at which the system still follows. */
    static final Duration FLAT = Duration.ofMillis(100);

    private static final double KEPT_UP = 0.97;

    static Steady of(int perSecond, Sent sent, Map<String, Long> effectMicros) {
        var effect = new Latencies();
        sent.dueMicros().forEach((pedido, due) -> {
            Long took = effectMicros.get(pedido);
            if (took != null) {
                effect.add(TimeUnit.MICROSECONDS.toNanos(took - due));
            }
        });
        return new Steady(perSecond, sent, effect);
    }

    boolean isFlat() {
        return effect.percentile(99).compareTo(FLAT) <= 0 && sent.perSecond() >= KEPT_UP * perSecond;
    }
}
