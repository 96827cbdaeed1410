package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LockTimeout;
import dev.pedidos.shared.ledger.SerializationRetry;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.accept.RefusedContents;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Inserts a task with all of its items, or nothing: one transaction. */
public final class TaskInserts {
    private static final String INSERT = Sql.named("task_insert");
    private static final String BEFORE = Sql.named("task_before");

    /**
     * How long to wait for a task that another transaction inserts or cancels at this moment. Inserting 10,000 items may take longer
     * than the two seconds after which other statements give up. After 8 s the API answers 503.
     */
    static final Duration TASK_LOCK_WAIT = Duration.ofSeconds(7);

    private record Before(boolean same, String answer) {}

    /** @param refused items that the ledger knows with other content, of the first chunk with a known item */
    private record Tried(TaskInserted result, List<NewPedido> refused) {}

    private final Database database;
    private final PedidoInserts pedidos;

    public TaskInserts(Database database, PedidoInserts pedidos) {
        this.database = database;
        this.pedidos = pedidos;
    }

    public TaskInserted insert(NewTask task) throws SQLException {
        Tried tried = SerializationRetry.inTransaction(database, tx -> {
            LockTimeout.set(tx, TASK_LOCK_WAIT);
            if (!insertRow(tx, task)) {
                return new Tried(before(tx, task), List.of());
            }
            Optional<Tried> known = insertItems(tx, task);
            known.ifPresent(refused -> tx.rollback());
            return known.orElseGet(() -> new Tried(new TaskInserted.New(), List.of()));
        });
        record(tried.refused());
        return tried.result();
    }

    /** In a transaction of its own: that of the task was rolled back. */
    private void record(List<NewPedido> refused) throws SQLException {
        if (!refused.isEmpty()) {
            database.jdbi().useTransaction(tx -> RefusedContents.record(tx.getConnection(), refused));
        }
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

    /** Empty if all of them are new. */
    private Optional<Tried> insertItems(Handle tx, NewTask task) throws SQLException {
        for (List<NewPedido> chunk : Chunks.of(task.items())) {
            List<Inserted> found = pedidos.insert(tx.getConnection(), chunk);
            Optional<String> known = firstKnown(chunk, found);
            if (known.isPresent()) {
                return Optional.of(
                        new Tried(new TaskInserted.ItemKnown(known.get()), RefusedContents.of(chunk, found)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstKnown(List<NewPedido> chunk, List<Inserted> found) {
        return IntStream.range(0, found.size())
                .filter(i -> !(found.get(i) instanceof Inserted.New))
                .mapToObj(i -> chunk.get(i).pedidoId())
                .findFirst();
    }
}
