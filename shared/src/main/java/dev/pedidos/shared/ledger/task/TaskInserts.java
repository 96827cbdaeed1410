package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Inserts a task with all of its items, or nothing: one transaction. */
public final class TaskInserts {
    private static final String INSERT = Sql.named("task_insert");
    private static final String BEFORE = Sql.named("task_before");

    private record Before(boolean same, String answer) {}

    private final Database database;
    private final PedidoInserts pedidos;

    public TaskInserts(Database database, PedidoInserts pedidos) {
        this.database = database;
        this.pedidos = pedidos;
    }

    public TaskInserted insert(NewTask task) throws SQLException {
        return Repeated.inTransaction(database, tx -> {
            if (!insertRow(tx, task)) {
                return before(tx, task);
            }
            if (!insertItems(tx, task)) {
                tx.rollback();
                return new TaskInserted.ItemKnown();
            }
            return new TaskInserted.New();
        });
    }

    private static boolean insertRow(Handle tx, NewTask task) {
        return tx.createQuery(INSERT)
                .bind(0, task.taskId())
                .bind(1, task.contentHash())
                .bind(2, task.items().size())
                .bind(3, task.callbackUrl())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static TaskInserted before(Handle tx, NewTask task) {
        Before before = tx.createQuery(BEFORE)
                .bind(0, task.contentHash())
                .bind(1, task.taskId())
                .map((row, context) -> new Before(row.getBoolean("same"), row.getString("answer")))
                .one();
        return before.same() ? new TaskInserted.Replay(before.answer()) : new TaskInserted.Conflict();
    }

    /** False if one of them is known. */
    private boolean insertItems(Handle tx, NewTask task) throws SQLException {
        for (List<NewPedido> chunk : Chunks.of(task.items())) {
            boolean allNew =
                    pedidos.insert(tx.getConnection(), chunk).stream().allMatch(Inserted.New.class::isInstance);
            if (!allNew) {
                return false;
            }
        }
        return true;
    }
}
