package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.message.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The state of a pedido in the ledger, read under its receiver's lock.
 *
 * @param agendamento schedulings in this ciclo
 * @param tentativas attempts made in this ciclo
 * @param published the broker has confirmed the message of this version
 * @param dueInMillis time until its next attempt; 0 if it need not wait
 * @param begun the worker that has begun to try it and has not recorded an ending
 * @param head it is the first in its receiver's line, or stands in no line
 * @param cancelled a client has cancelled it: it ends without an effect
 */
@SuppressWarnings("ArrayRecordComponent")
public record PedidoState(
        PedidoStatus status,
        int ciclo,
        int agendamento,
        int tentativas,
        byte[] payloadHash,
        boolean published,
        long dueInMillis,
        Optional<Beginner> begun,
        boolean head,
        boolean cancelled) {

    /**
     * A worker that has begun to try a pedido.
     *
     * @param lives it holds the lock of its name in the database
     */
    public record Beginner(String worker, boolean lives) {}

    /** @param row of {@code sql/pedido_state.sql} or {@code sql/lot_state.sql} */
    static PedidoState of(ResultSet row) throws SQLException {
        String begun = row.getString("begun");
        return new PedidoState(
                PedidoStatus.valueOf(row.getString("status")),
                row.getInt("ciclo"),
                row.getInt("agendamento"),
                row.getInt("tentativas"),
                row.getBytes("payload_hash"),
                row.getBoolean("published"),
                row.getLong("due_in_ms"),
                begun == null ? Optional.empty() : Optional.of(new Beginner(begun, row.getBoolean("beginner_lives"))),
                row.getBoolean("head"),
                row.getBoolean("cancelled"));
    }

    /**
     * An archived pedido is final: a turn needs only its status and hash. The other values are placeholders.
     *
     * @param row of {@code sql/archived_state.sql}
     */
    static PedidoState archived(ResultSet row) throws SQLException {
        return new PedidoState(
                PedidoStatus.valueOf(row.getString("status")),
                0,
                0,
                0,
                row.getBytes("payload_hash"),
                true,
                0,
                Optional.empty(),
                false,
                false);
    }

    /** Once the pedidos before it are finished. */
    public PedidoState asHead() {
        return new PedidoState(
                status, ciclo, agendamento, tentativas, payloadHash, published, dueInMillis, begun, true, cancelled);
    }

    public Version version(String pedidoId) {
        return new Version(pedidoId, ciclo, agendamento, tentativas);
    }

    /** True if the version is older than this one: its message is a copy that came late. */
    public boolean isPast(Version version) {
        return version.ciclo() < ciclo || (version.ciclo() == ciclo && version.agendamento() < agendamento);
    }
}
