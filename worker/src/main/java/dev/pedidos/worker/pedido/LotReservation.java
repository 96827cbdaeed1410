package dev.pedidos.worker.pedido;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import dev.pedidos.shared.message.Item;
import dev.pedidos.shared.message.Pedido;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reserves the stock of pedidos, one after the other in memory: one statement waits for the stock rows and reads them, another one
 * writes. Of each pedido every item is reserved, or none.
 */
final class LotReservation {

    private static final String LOCK = Sql.read(LotReservation.class, "/sql/lock_stock.sql");
    private static final String RESERVE = Sql.read(LotReservation.class, "/sql/reserve_lot.sql");

    private record Reserva(String pedidoId, String sku, long quantidade) {}

    private final Map<String, Long> disponivel;
    private final Map<String, Long> taken = new TreeMap<>();
    private final List<Reserva> reservas = new ArrayList<>();

    private LotReservation(Map<String, Long> disponivel) {
        this.disponivel = disponivel;
    }

    /** @return for each pedido the items without enough stock; if there are none, all its items are reserved */
    static List<List<Missing>> attempt(List<Pedido> pedidos, Connection tx) throws SQLException {
        var lot = new LotReservation(locked(pedidos, tx));
        List<List<Missing>> missing = new ArrayList<>();
        for (var pedido : pedidos) {
            missing.add(lot.take(pedido));
        }
        lot.write(tx);
        return missing;
    }

    private static Map<String, Long> locked(List<Pedido> pedidos, Connection tx) throws SQLException {
        List<String> skus = pedidos.stream()
                .flatMap(pedido -> pedido.itens().stream())
                .map(Item::sku)
                .distinct()
                .toList();
        try (var statement = tx.prepareStatement(LOCK)) {
            SqlArrays.setTexts(statement, 1, skus, sku -> sku);
            Map<String, Long> disponivel = new HashMap<>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    disponivel.put(rows.getString("sku"), rows.getLong("disponivel"));
                }
            }
            return disponivel;
        }
    }

    private List<Missing> take(Pedido pedido) {
        var missing = pedido.itens().stream()
                .filter(item -> disponivel.getOrDefault(item.sku(), -1L) < item.quantidade())
                .sorted(Comparator.comparing(Item::sku))
                .map(item -> new Missing(item.sku(), item.quantidade(), disponivel.get(item.sku())))
                .toList();
        if (missing.isEmpty()) {
            for (var item : pedido.itens()) {
                disponivel.merge(item.sku(), -item.quantidade(), Long::sum);
                taken.merge(item.sku(), item.quantidade(), Long::sum);
                reservas.add(new Reserva(pedido.pedidoId(), item.sku(), item.quantidade()));
            }
        }
        return missing;
    }

    private void write(Connection tx) throws SQLException {
        if (reservas.isEmpty()) {
            return;
        }
        var skus = List.copyOf(taken.entrySet());
        try (var statement = tx.prepareStatement(RESERVE)) {
            SqlArrays.setTexts(statement, 1, skus, Map.Entry::getKey);
            SqlArrays.set(statement, 2, "bigint", skus, Map.Entry::getValue);
            SqlArrays.setTexts(statement, 3, reservas, Reserva::pedidoId);
            SqlArrays.setTexts(statement, 4, reservas, Reserva::sku);
            SqlArrays.set(statement, 5, "bigint", reservas, Reserva::quantidade);
            statement.execute();
        }
    }
}
