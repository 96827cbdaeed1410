package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.util.List;

/** Adds what the changes of items mean for their tasks to the rows of the tasks. Any number of programs may do it. */
public final class TaskFold {
    private static final int MOST = 5_000;
    private static final String LOCK = Sql.named("task_fold_lock");
    private static final String FOLD = Sql.named("task_fold");

    private final Database database;

    public TaskFold(Database database) {
        this.database = database;
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
