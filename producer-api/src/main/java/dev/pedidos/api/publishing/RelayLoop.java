package dev.pedidos.api.publishing;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Runs the relay every second while both stores are up. A look may read every entry of an index that has died since the oldest
 * snapshot: after a long one it rests as long.
 */
public final class RelayLoop implements AutoCloseable {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(RelayLoop.class));
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Relay relay;
    private final BooleanSupplier storesUp;
    private final PeriodicTask task = new PeriodicTask(
            "relay",
            Timing.interruptedAtStop(PAUSE),
            this::step,
            FAULTS.warning("the relay failed; the pedidos that it claimed are claimed again when their lease ends"));

    public RelayLoop(Relay relay, BooleanSupplier storesUp) {
        this.relay = relay;
        this.storesUp = storesUp;
    }

    public void start() {
        task.start();
    }

    private Duration step() throws SQLException, InterruptedException {
        if (!storesUp.getAsBoolean()) {
            return PAUSE;
        }
        if (relay.relayBatch()) {
            return Duration.ZERO;
        }
        relay.bringForward();
        Duration look = relay.lastLook();
        return look.compareTo(PAUSE) > 0 ? look : PAUSE;
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
