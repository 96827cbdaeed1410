package dev.pedidos.worker.pedido;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.Pedido;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One statement that locks, checks and reserves the stock, and one that releases it. */
final class Reservation {

    private static final String RESERVE = Sql.read(Reservation.class, "/sql/reserve.sql");
    private static final String RELEASE = Sql.read(Reservation.class, "/sql/release_stock.sql");

    private Reservation() {}

    /** @return the items without enough stock; if there are none, all items are reserved */
    static List<Missing> attempt(Pedido pedido, Connection tx) throws SQLException {
        String[] skus = pedido.itens().stream().map(Item::sku).toArray(String[]::new);
        Long[] quantidades = pedido.itens().stream().map(Item::quantidade).toArray(Long[]::new);
        try (var statement = tx.prepareStatement(RESERVE)) {
            var skuArray = tx.createArrayOf("text", skus);
            statement.setArray(1, skuArray);
            statement.setArray(2, tx.createArrayOf("bigint", quantidades));
            statement.setArray(3, skuArray);
            statement.setString(4, pedido.pedidoId());
            List<Missing> missing = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.add(new Missing(rows.getString(1), rows.getLong(2), rows.getObject(3, Long.class)));
                }
            }
            return missing;
        }
    }

    /** @return what the pedido had reserved */
    static List<Released> release(String pedidoId, Connection tx) throws SQLException {
        try (var statement = tx.prepareStatement(RELEASE)) {
            statement.setString(1, pedidoId);
            statement.setString(2, pedidoId);
            List<Released> released = new ArrayList<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    released.add(new Released(rows.getString(1), rows.getLong(2)));
                }
            }
            return released;
        }
    }
}
