package dev.pedidos.api.intake;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Reads the registered tipos while the database is up, so that they are known while it is down. */
public final class TipoRefresh implements AutoCloseable {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(TipoRefresh.class));
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration WHILE_THE_LEDGER_IS_DOWN = Duration.ofSeconds(1);

    private final PeriodicTask task;

    public TipoRefresh(KnownTipos tipos, BooleanSupplier ledgerIsUp) {
        this.task = new PeriodicTask(
                "tipos-ahead",
                Timing.interruptedAtStop(PAUSE),
                () -> {
                    if (!ledgerIsUp.getAsBoolean()) {
                        return WHILE_THE_LEDGER_IS_DOWN;
                    }
                    tipos.readAhead();
                    return PAUSE;
                },
                FAULTS.warning(
                        "the registered tipos could not be read; they are read again in " + PAUSE.toSeconds() + " s"));
    }

    public void start() {
        task.start();
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
