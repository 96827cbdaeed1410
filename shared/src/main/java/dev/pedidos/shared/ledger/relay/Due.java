package dev.pedidos.shared.ledger.relay;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A pedido that the relay has claimed to publish.
 *
 * @param ordem its place among those of its receiver
 * @param payload its content, as JSON
 * @param suspect its latest attempt ended with its worker, or it was suspect when it began to wait for a slot
 * @param death present if it is dead-lettered
 */
public record Due(
        Version version,
        PedidoStatus status,
        long ordem,
        String tipo,
        String recebedorId,
        String origem,
        String payload,
        boolean suspect,
        Optional<Death> death) {

    /** Of a row of {@code claim_for_relay.sql} or {@code limit_call.sql}; empty if the pedido needs no message now. */
    public static Optional<Due> of(ResultSet row) throws SQLException {
        String payload = row.getString("payload");
        if (payload == null) {
            return Optional.empty();
        }
        var version = new Version(
                row.getString("pedido_id"), row.getInt("ciclo"), row.getInt("agendamento"), row.getInt("tentativas"));
        var status = PedidoStatus.valueOf(row.getString("status"));
        return Optional.of(new Due(
                version,
                status,
                row.getLong("ordem"),
                row.getString("tipo"),
                row.getString("recebedor_id"),
                row.getString("origem"),
                payload,
                row.getBoolean("suspeito") || Failure.WORKER_ENDED.equals(row.getString("erro_classe")),
                status == PedidoStatus.DEAD_LETTERED ? Optional.of(death(row, version)) : Optional.empty()));
    }

    private static Death death(ResultSet row, Version version) throws SQLException {
        return new Death(
                row.getString("motivo"),
                row.getString("erro_classe"),
                version.tentativas(),
                row.getString("first_failure"),
                row.getString("last_failure"));
    }

    public String pedidoId() {
        return version.pedidoId();
    }

    /** @throws dev.pedidos.shared.message.MalformedJson its content in the ledger cannot be read */
    public Pedido pedido() {
        return PedidoCodec.fromRow(pedidoId(), tipo, recebedorId, origem, payload);
    }

    public PublishedMark mark() {
        return new PublishedMark(version, status);
    }
}
