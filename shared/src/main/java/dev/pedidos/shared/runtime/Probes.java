package dev.pedidos.shared.runtime;

import dev.pedidos.shared.text.RootLocale;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** The answers of {@code /healthz} and {@code /readyz}. */
public final class Probes {

    /** An answer: HTTP status and body. */
    public record Answer(int status, String body) {}

    private final BooleanSupplier databaseUp;
    private volatile BooleanSupplier brokerUp;
    private volatile BooleanSupplier notReady = () -> false;

    /** Both suppliers answer at once from known state, and never ask over the network. */
    public Probes(BooleanSupplier databaseUp, BooleanSupplier brokerUp) {
        this.databaseUp = databaseUp;
        this.brokerUp = brokerUp;
    }

    /** Shows both stores as metrics, too. */
    public Probes measuredBy(MeterRegistry metrics) {
        Gauge.builder("pedidos_database_up", () -> databaseUp.getAsBoolean() ? 1 : 0)
                .register(metrics);
        Gauge.builder("pedidos_broker_up", () -> brokerUp.getAsBoolean() ? 1 : 0)
                .register(metrics);
        return this;
    }

    public void watchBroker(BooleanSupplier up) {
        brokerUp = up;
    }

    /** @param told that the program is not ready although a store is up, for example because it is stopping */
    public void watchNotReady(BooleanSupplier told) {
        notReady = told;
    }

    public Answer healthz() {
        return new Answer(200, "{\"status\":\"UP\"}");
    }

    public Answer readyz() {
        boolean database = databaseUp.getAsBoolean();
        boolean broker = brokerUp.getAsBoolean();
        boolean ready = (database || broker) && !notReady.getAsBoolean();
        String status = !ready ? "DOWN" : database && broker ? "READY" : "DEGRADED";
        String json = RootLocale.format(
                "{\"status\":\"%s\",\"database\":\"%s\",\"broker\":\"%s\"}",
                status, upOrDown(database), upOrDown(broker));
        return new Answer(ready ? 200 : 503, json);
    }

    private static String upOrDown(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
