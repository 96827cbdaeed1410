package dev.pedidos.tools.proof.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the whole ledger, to be compared with a history. Cancellations have a law of their own. */
public final class LedgerPedidos {
    private static final int FETCH = 5_000;
    private static final String ROWS = """
            with outcomes as (
                select
                    external_id,
                    min(id) filter (where event_type in ('COMPLETED', 'REJECTED')) as effect,
                    max(occurred_at) as final_at
                from todos_eventos
                where event_type in ('COMPLETED', 'REJECTED', 'DEAD_LETTERED', 'DISCARDED', 'CANCELLED')
                group by external_id
            )
            select p.pedido_id, p.recebedor_id, p.status, p.motivo, p.ciclo, p.unnoted, p.payload_hash, o.effect,
                   case when p.status not in ('PENDING', 'PROCESSING', 'RETRYING') then o.final_at end as final_at
            from todos_pedidos p
            left join outcomes o on o.external_id = p.pedido_id
            where p.tipo <> 'cancelamento'
            """;

    private LedgerPedidos() {}

    /** By pedido_id. */
    public static Map<String, LedgerPedido> read(Connection snapshot) throws SQLException {
        Map<String, LedgerPedido> pedidos = new HashMap<>();
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(FETCH);
            try (var row = statement.executeQuery(ROWS)) {
                while (row.next()) {
                    var pedido = pedido(row);
                    pedidos.put(pedido.pedidoId(), pedido);
                }
            }
        }
        return pedidos;
    }

    private static LedgerPedido pedido(ResultSet row) throws SQLException {
        return new LedgerPedido(
                row.getString("pedido_id"),
                row.getString("recebedor_id"),
                row.getString("status"),
                row.getString("motivo"),
                row.getInt("ciclo"),
                row.getBoolean("unnoted"),
                HexFormat.of().formatHex(row.getBytes("payload_hash")),
                row.getObject("effect", Long.class),
                instant(row.getTimestamp("final_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
