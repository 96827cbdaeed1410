package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Adds what the changes of items mean for their tasks to the rows of the tasks. Any number of programs may do it. */
public final class TaskFold {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(TaskFold.class));
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int REST_PER_FOLD = 4;
    private static final int MOST = 5_000;
    private static final String LOCK = Sql.named("task_fold_lock");
    private static final String FOLD = Sql.named("task_fold");

    private final Database database;

    public TaskFold(Database database) {
        this.database = database;
    }

    /** Keeps the counts of tasks up to date, so that a look at a task reads few rows. */
    public PeriodicTask loop(BooleanSupplier ledgerIsUp) {
        return new PeriodicTask(
                "task-fold",
                Timing.finishedAtStop(PAUSE).resting(REST_PER_FOLD),
                () -> {
                    if (ledgerIsUp.getAsBoolean()) {
                        fold();
                    }
                    return PAUSE;
                },
                FAULTS.warning("the counts of tasks could not be updated; tried again, answers stay right"));
    }

    /** @return whether there may be more at once */
    public boolean fold() {
        return database.jdbi().inTransaction(tx -> {
            List<String> tasks =
                    tx.createQuery(LOCK).bind(0, MOST).mapTo(String.class).list();
            if (tasks.isEmpty()) {
                return false;
            }
            tx.createUpdate(FOLD).bindArray(0, String.class, tasks).execute();
            return true;
        });
    }
}
