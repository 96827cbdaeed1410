package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/**
 * The first pedido of a receiver's line, with the columns of its row.
 *
 * @param payload empty if the ledger has lost it
 * @param begun a worker has begun to try it and has not recorded an ending
 * @param cancelled a client has cancelled it: it ends without an effect
 */
@SuppressWarnings("ArrayRecordComponent")
public record Head(
        Version version,
        String tipo,
        String recebedorId,
        String origem,
        String payload,
        byte[] payloadHash,
        boolean begun,
        boolean parked,
        boolean cancelled) {

    /** @param row with the columns of {@code sql/head_columns.sql} */
    static Head of(ResultSet row) throws SQLException {
        return new Head(
                new Version(
                        row.getString("pedido_id"),
                        row.getInt("ciclo"),
                        row.getInt("agendamento"),
                        row.getInt("tentativas")),
                row.getString("tipo"),
                row.getString("recebedor_id"),
                row.getString("origem"),
                Objects.requireNonNullElse(row.getString("payload"), ""),
                row.getBytes("payload_hash"),
                row.getBoolean("begun"),
                row.getBoolean("parked"),
                row.getBoolean("cancelled"));
    }

    /** @throws dev.pedidos.shared.message.MalformedJson its content in the ledger cannot be read */
    public Pedido pedido() {
        return PedidoCodec.fromRow(pedidoId(), tipo, recebedorId, origem, payload);
    }

    public String pedidoId() {
        return version.pedidoId();
    }
}
