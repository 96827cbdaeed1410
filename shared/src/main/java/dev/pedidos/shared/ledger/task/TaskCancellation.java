package dev.pedidos.shared.ledger.task;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LockTimeout;
import dev.pedidos.shared.ledger.SerializationRetry;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.accept.RefusedContents;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Cancels every unfinished item of a task: each by a cancellation as {@code POST /pedidos/{id}/cancel} makes it, all of them in
 * one transaction.
 */
public final class TaskCancellation {
    private static final String LOCK = "select task_id from tasks where task_id = ? for no key update";
    private static final String REVOKE = Sql.named("task_revoke");
    private static final String UNFINISHED = Sql.named("task_unfinished");
    private static final String STATUS = "select status from task_counts where task_id = ?";

    private record Item(Cancelamento cancelamento, String recebedorId, String status) {}

    /** The state that the transaction leaves. */
    private record Kept(String status, List<Pedido> cancellations) {}

    private final Database database;
    private final PedidoInserts pedidos;
    private final Predicate<String> ordered;

    /** @param ordered whether pedidos of a tipo stand in their receiver's line */
    public TaskCancellation(Database database, PedidoInserts pedidos, Predicate<String> ordered) {
        this.database = database;
        this.pedidos = pedidos;
        this.ordered = ordered;
    }

    /**
     * Empty if the ledger does not know the task.
     *
     * @param motivo the client's reason; null if none was given
     */
    public Optional<Revoked> revoke(String taskId, @Nullable String motivo) throws SQLException {
        Optional<Kept> kept = SerializationRetry.inTransaction(database, tx -> {
            LockTimeout.set(tx, TaskInserts.TASK_LOCK_WAIT);
            boolean known = tx.createQuery(LOCK)
                    .bind(0, taskId)
                    .mapTo(String.class)
                    .findOne()
                    .isPresent();
            return known ? Optional.of(revokeLocked(tx, taskId, motivo)) : Optional.empty();
        });
        return kept.map(one -> new Revoked(one.status(), one.cancellations(), retrying(taskId, motivo)));
    }

    /** After the commit: a worker that put an item off before could not see its cancellation. */
    private List<Cancelamento> retrying(String taskId, @Nullable String motivo) {
        return database.jdbi().withHandle(handle -> unfinished(handle, taskId, motivo)).stream()
                .filter(item -> item.status().equals("RETRYING"))
                .map(Item::cancelamento)
                .toList();
    }

    private static List<Item> unfinished(Handle handle, String taskId, @Nullable String motivo) {
        return handle.createQuery(UNFINISHED)
                .bind(0, taskId)
                .map((row, context) -> new Item(
                        new Cancelamento(row.getString("pedido_id"), motivo),
                        row.getString("recebedor_id"),
                        row.getString("status")))
                .list();
    }

    private Kept revokeLocked(Handle tx, String taskId, @Nullable String motivo) throws SQLException {
        tx.createUpdate(REVOKE).bind(0, taskId).execute();
        List<Pedido> inserted = insert(
                tx,
                unfinished(tx, taskId, motivo).stream()
                        .map(item -> item.cancelamento().inLineOf(item.recebedorId()))
                        .sorted(Comparator.comparing(Pedido::pedidoId))
                        .toList());
        return new Kept(
                tx.createQuery(STATUS).bind(0, taskId).mapTo(String.class).one(), inserted);
    }

    /** Those that are new. An item may be cancelled by itself already. */
    private List<Pedido> insert(Handle tx, List<Pedido> cancellations) throws SQLException {
        List<Inserted> found = new ArrayList<>(cancellations.size());
        List<NewPedido> rows = cancellations.stream()
                .map(one -> NewPedido.of(one, ordered.test(one.tipo())))
                .toList();
        for (List<NewPedido> chunk : Chunks.of(rows)) {
            found.addAll(pedidos.insert(tx.getConnection(), chunk));
        }
        RefusedContents.record(tx.getConnection(), RefusedContents.of(rows, found));
        List<Pedido> inserted = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i) instanceof Inserted.New) {
                inserted.add(cancellations.get(i));
            }
        }
        return inserted;
    }
}
