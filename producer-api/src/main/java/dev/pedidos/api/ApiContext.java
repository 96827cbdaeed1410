package dev.pedidos.api;

import dev.pedidos.shared.runtime.Lifecycle;
import dev.pedidos.shared.runtime.MemoryBudget;
import dev.pedidos.shared.runtime.Telemetry;
import dev.pedidos.shared.start.ProgramStores;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;

/** The things that every part of the producer is made with. */
record ApiContext(
        ApiConfig config, ProgramStores stores, Telemetry telemetry, Lifecycle lifecycle, MemoryBudget memory) {

    MeterRegistry metrics() {
        return telemetry.registry();
    }

    /** Whether pedidos of a tipo stand in their receiver's line. */
    Predicate<String> ordered() {
        return config.fleet()::isOrderedByReceiver;
    }
}
