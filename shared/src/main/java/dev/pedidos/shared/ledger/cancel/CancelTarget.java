package dev.pedidos.shared.ledger.cancel;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.deadletter.DeadLetters;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A pedido that is to be cancelled, in a transaction that holds its receiver's lock and its row.
 *
 * @param content reads the pedido. Only a handler that undoes it needs that: one whose content is damaged can be cancelled all the same
 * @param resultado JSON, as the pedido's handler has given it
 */
public record CancelTarget(
        Cancelamento cancelamento,
        Supplier<Pedido> content,
        PedidoStatus status,
        @Nullable String resultado) {

    /** No row if nothing of the pedido is known, or only its id: its month was dropped from the archive. */
    private static final String RECEIVER =
            "select recebedor_id from known_pedidos where pedido_id = ? and recebedor_id is not null";

    private static final String FROM_ARCHIVE = "select unarchive_pedido(?)";
    static final String LOCK = Sql.named("lock");
    static final String LOCK_BRIEFLY = Sql.named("lock_briefly");
    private static final String LOCK_ROWS = Sql.named("cancel_lock");
    private static final String RETRY = Sql.named("cancel_retry");
    private static final String COMPLETED = Sql.named("cancel_completed");

    /** Empty if the ledger does not know the pedido. */
    public static Optional<CancelTarget> lock(Handle tx, Cancelamento cancelamento) {
        return lock(tx, cancelamento, LOCK);
    }

    /** As {@link #lock(Handle, Cancelamento)}, with one of the two ways to wait for the receiver's lock. */
    static Optional<CancelTarget> lock(Handle tx, Cancelamento cancelamento, String lock) {
        Optional<String> recebedorId = tx.createQuery(RECEIVER)
                .bind(0, cancelamento.alvo())
                .mapTo(String.class)
                .findOne();
        if (recebedorId.isEmpty()) {
            return Optional.empty();
        }
        tx.execute(lock, recebedorId.get());
        return locked(tx, cancelamento).or(() -> fromArchive(tx, cancelamento));
    }

    /** An archived pedido is taken back, with its reservas: it can be undone as any other. */
    private static Optional<CancelTarget> fromArchive(Handle tx, Cancelamento cancelamento) {
        tx.createQuery(FROM_ARCHIVE)
                .bind(0, cancelamento.alvo())
                .mapTo(Boolean.class)
                .one();
        return locked(tx, cancelamento);
    }

    private static Optional<CancelTarget> locked(Handle tx, Cancelamento cancelamento) {
        return tx
                .createQuery(LOCK_ROWS)
                .bind(0, cancelamento.alvo())
                .bind(1, cancelamento.pedidoId())
                .map((row, context) -> of(cancelamento, row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Empty for the row of the cancellation itself. */
    private static Optional<CancelTarget> of(Cancelamento cancelamento, ResultSet row) throws SQLException {
        String pedidoId = row.getString("pedido_id");
        if (!pedidoId.equals(cancelamento.alvo())) {
            return Optional.empty();
        }
        String tipo = row.getString("tipo");
        String recebedorId = row.getString("recebedor_id");
        String origem = row.getString("origem");
        String payload = row.getString("payload");
        return Optional.of(new CancelTarget(
                cancelamento,
                () -> PedidoCodec.fromRow(pedidoId, tipo, recebedorId, origem, payload),
                PedidoStatus.valueOf(row.getString("status")),
                row.getString("resultado")));
    }

    /**
     * Ends what can end without the pedido's handler: a wait and a dead letter.
     *
     * @return its status then
     */
    public PedidoStatus endWithoutWorker(Handle tx) {
        return switch (status) {
            case RETRYING -> {
                tx.execute(RETRY, cancelamento.alvo());
                yield status;
            }
            case DEAD_LETTERED -> {
                DeadLetters.discard(tx, cancelamento.alvo(), Cancelamento.MOTIVO, cancelamento.pedidoId());
                yield PedidoStatus.DISCARDED;
            }
            case PENDING, PROCESSING, COMPLETED, REJECTED, DISCARDED, CANCELLED -> status;
        };
    }

    /**
     * Records that the effect of a COMPLETED pedido is undone.
     *
     * @param liberado JSON: what was undone
     */
    public void undone(Handle tx, @Nullable String liberado) {
        tx.createQuery(COMPLETED)
                .bind(0, Cancelamento.MOTIVO)
                .bind(1, cancelamento.alvo())
                .bind(2, liberado)
                .bind(3, cancelamento.pedidoId())
                .mapTo(Integer.class)
                .one();
    }
}
