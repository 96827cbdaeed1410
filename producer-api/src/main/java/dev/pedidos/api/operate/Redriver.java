package dev.pedidos.api.operate;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import dev.pedidos.shared.ledger.deadletter.Redrives.Few;
import dev.pedidos.shared.ledger.deadletter.Redrives.Item;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redrives what operators have chosen, a few at a time. Any instance goes on with any redrive: what one leaves undone
 * comes up again.
 */
public final class Redriver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Redriver.class);
    private static final FaultLog FAULTS = new FaultLog(LOG);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Where nothing is to be redriven. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Redrives redrives;
    private final OperatorSignals signals;
    private final BooleanSupplier databaseUp;
    private final PeriodicTask task = new PeriodicTask(
            "redriver",
            Timing.pausing(IDLE),
            this::step,
            FAULTS.warning("redriving failed; what was not redriven comes up again"));

    public Redriver(Redrives redrives, OperatorSignals signals, BooleanSupplier databaseUp) {
        this.redrives = redrives;
        this.signals = signals;
        this.databaseUp = databaseUp;
    }

    public void start() {
        task.start();
    }

    private Duration step() {
        return databaseUp.getAsBoolean() && redriveFew() ? PAUSE : IDLE;
    }

    /** @return whether a redrive is under way */
    private boolean redriveFew() {
        Optional<Few> few = redrives.claim();
        few.ifPresent(this::redrive);
        return few.isPresent() || redrives.anyRunning();
    }

    private void redrive(Few few) {
        for (Item item : few.items()) {
            if (task.isStopping()) {
                return;
            }
            if (redrives.redrive(few, item)) {
                signals.redriven(1);
            }
        }
        if (redrives.finishIfDone(few.redrive())) {
            LOG.atInfo().addKeyValue("redrive_id", few.redrive()).log("a redrive is done");
        }
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
