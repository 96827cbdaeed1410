package dev.pedidos.api.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Figures of streams; {@link dev.pedidos.api.http.EventStreams} has those of their clients. */
public final class StreamMetrics {
    private final Counter events;

    public StreamMetrics(MeterRegistry registry) {
        events = registry.counter("pedidos_stream_events_total");
    }

    void sent(int more) {
        events.increment(more);
    }
}
