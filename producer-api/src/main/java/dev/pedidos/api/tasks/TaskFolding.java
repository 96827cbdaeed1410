package dev.pedidos.api.tasks;

import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.task.TaskFold;
import dev.pedidos.shared.runtime.PeriodicTask;
import dev.pedidos.shared.runtime.PeriodicTask.Timing;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Keeps the counts of tasks up to date, so that a look at a task reads few rows. */
public final class TaskFolding implements AutoCloseable {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(TaskFolding.class));
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int REST_PER_FOLD = 4;

    private final PeriodicTask task;

    public TaskFolding(TaskFold fold, BooleanSupplier databaseUp) {
        task = new PeriodicTask(
                "task-fold",
                Timing.finishedAtStop(PAUSE).resting(REST_PER_FOLD),
                () -> {
                    if (databaseUp.getAsBoolean()) {
                        fold.fold();
                    }
                    return PAUSE;
                },
                FAULTS.warning("the counts of tasks could not be updated; tried again, answers stay right"));
    }

    public void start() {
        task.start();
    }

    @Override
    public void close() throws InterruptedException {
        task.close();
    }
}
