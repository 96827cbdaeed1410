package dev.pedidos.worker.pedido;

import dev.pedidos.shared.message.BuiltInTipos;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.Undo;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reserves the stock of every item, or of none. Undone, it releases what it has reserved. */
public final class PedidoHandler implements LotHandler {

    @Override
    public String tipo() {
        return BuiltInTipos.PEDIDO;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws SQLException {
        return outcome(pedido, Reservation.attempt(pedido, tx.getConnection()));
    }

    @Override
    public List<Outcome> applyLot(List<Pedido> pedidos, Handle tx) throws SQLException {
        var missing = LotReservation.attempt(pedidos, tx.getConnection());
        return IntStream.range(0, pedidos.size())
                .mapToObj(i -> outcome(pedidos.get(i), missing.get(i)))
                .toList();
    }

    private static Outcome outcome(Pedido pedido, List<Missing> missing) {
        if (missing.isEmpty()) {
            return new Outcome.Completed(PedidoResultado.reserved(pedido.itens()));
        }
        boolean unknown = missing.stream().anyMatch(item -> item.disponivel() == null);
        return new Outcome.Rejected(
                unknown ? "SKU_DESCONHECIDO" : "ESTOQUE_INSUFICIENTE", PedidoResultado.missing(missing));
    }

    @Override
    public Undo undo(Pedido pedido, @Nullable JsonNode resultado, Handle tx) throws SQLException {
        return new Undo.Undone(PedidoResultado.released(Reservation.release(pedido.pedidoId(), tx.getConnection())));
    }
}
