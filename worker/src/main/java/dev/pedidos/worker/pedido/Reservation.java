package dev.pedidos.worker.pedido;

import static java.util.Comparator.comparing;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.Pedido;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reserves the stock of a pedido, or releases it. While there is enough of everything, one short statement for each item reserves
 * it, and all are sent together. Otherwise {@link LotReservation} waits for the stock rows, looks again and decides.
 */
final class Reservation {

    private static final String RESERVE_ITEM = Sql.read(Reservation.class, "/sql/reserve_item.sql");
    private static final String RELEASE = Sql.read(Reservation.class, "/sql/release_stock.sql");

    private Reservation() {}

    /** @return the items without enough stock; if there are none, all items are reserved */
    static List<Missing> attempt(Pedido pedido, Connection tx) throws SQLException {
        int reserved = reserveFirst(pedido, tx);
        if (reserved == pedido.itens().size()) {
            return List.of();
        }
        if (reserved > 0) {
            release(pedido.pedidoId(), tx);
        }
        return LotReservation.attempt(List.of(pedido), tx).getFirst();
    }

    /** @return how many items, in the order of their skus, are reserved */
    private static int reserveFirst(Pedido pedido, Connection tx) throws SQLException {
        var items = pedido.itens().stream().sorted(comparing(Item::sku)).toList();
        String before = "";
        try (var statement = tx.prepareStatement(RESERVE_ITEM)) {
            for (var item : items) {
                statement.setLong(1, item.quantidade());
                statement.setString(2, item.sku());
                statement.setBoolean(3, before.isEmpty());
                statement.setString(4, pedido.pedidoId());
                statement.setString(5, before);
                statement.setString(6, pedido.pedidoId());
                statement.addBatch();
                before = item.sku();
            }
            return Arrays.stream(statement.executeBatch()).sum();
        } catch (BatchUpdateException e) {
            throw Objects.requireNonNullElse(e.getNextException(), e);
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
