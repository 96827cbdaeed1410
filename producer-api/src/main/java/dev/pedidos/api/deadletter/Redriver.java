package dev.pedidos.api.deadletter;

import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import dev.pedidos.shared.ledger.deadletter.Redrives.Item;
import dev.pedidos.shared.ledger.deadletter.Redrives.RedriveBatch;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redrives the selections of operators, a batch at a time. Any instance continues any redrive: what one leaves
 * undone, another does. A batch waits once for each receiver that is in use, and puts its letters off.
 */
public final class Redriver {
    private static final Logger LOG = LoggerFactory.getLogger(Redriver.class);
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LOG);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** The pause when there is no redrive. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Redrives redrives;
    private final OperatorMetrics metrics;
    private final BooleanSupplier databaseUp;
    private final PeriodicTask task = new PeriodicTask(
            "redriver",
            Timing.finishedAtStop(IDLE),
            this::step,
            FAULTS.warning("redriving failed; what is left is redriven later"));

    public Redriver(Redrives redrives, OperatorMetrics metrics, BooleanSupplier databaseUp) {
        this.redrives = redrives;
        this.metrics = metrics;
        this.databaseUp = databaseUp;
    }

    public PeriodicTask loop() {
        return task;
    }

    private Duration step() {
        return databaseUp.getAsBoolean() && redriveBatch() ? PAUSE : IDLE;
    }

    /** @return true if a redrive is running */
    private boolean redriveBatch() {
        Optional<RedriveBatch> batch = redrives.claim();
        batch.ifPresent(this::redrive);
        return batch.isPresent() || redrives.anyRunning();
    }

    private void redrive(RedriveBatch batch) {
        Set<String> inUse = new HashSet<>();
        List<Item> later = new ArrayList<>();
        for (Item item : batch.items()) {
            if (task.isStopping()) {
                return;
            }
            if (inUse.contains(item.recebedorId())) {
                later.add(item);
                continue;
            }
            switch (redrives.redrive(batch, item)) {
                case REDRIVEN -> metrics.redriven();
                case NOTHING_TO_DO -> {}
                case IN_USE -> {
                    inUse.add(item.recebedorId());
                    later.add(item);
                }
            }
        }
        if (!later.isEmpty()) {
            redrives.putOff(batch, later);
        }
        if (redrives.finishIfDone(batch.redrive())) {
            LOG.atInfo().addKeyValue("redrive_id", batch.redrive()).log("a redrive is done");
        }
    }
}
