package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.SqlArrays;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A lot's turn in PostgreSQL: two round trips, however many pedidos it has, and one more to look for them. */
final class SqlLotTurn implements LotTurn {

    private static final String NEXT_HEADS = Sql.named("next_heads");
    private static final String ENTER = Sql.named("lock_lot") + ";\n" + Sql.named("lot_state");
    private static final String ENTER_BRIEFLY = Sql.named("lock_lot_briefly") + ";\n" + Sql.named("lot_state");
    private static final String FINISH = Sql.named("finish_lot") + TurnTransaction.COMMIT;

    private final TurnTransaction transaction;
    private final LineFronts fronts;
    private final LockPatience patience;
    /** By pedido_id, for those that stand in a line. */
    private final Map<String, Long> places = new HashMap<>();

    private SqlLotTurn(TurnTransaction transaction, LineFronts fronts, LockPatience patience) {
        this.transaction = transaction;
        this.fronts = fronts;
        this.patience = patience;
    }

    static SqlLotTurn open(Database database, ServerFronts fronts, LockPatience patience) {
        var transaction = TurnTransaction.open(database);
        return new SqlLotTurn(transaction, fronts.of(transaction.server()), patience);
    }

    @Override
    public Handle handle() {
        return transaction.handle();
    }

    @Override
    public List<Head> nextHeads(String recebedorId, String tipo, int most) throws SQLException {
        try (var statement = transaction.prepare(NEXT_HEADS)) {
            statement.setString(1, recebedorId);
            statement.setLong(2, fronts.of(recebedorId));
            statement.setInt(3, most);
            statement.setString(4, tipo);
            List<Head> heads = new ArrayList<>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    heads.add(Head.of(row));
                }
            }
            return heads;
        }
    }

    @Override
    public List<Found> enter(List<Asked> lot) throws SQLException {
        Map<String, String> receivers = new HashMap<>();
        lot.forEach(asked -> receivers.put(asked.pedidoId(), asked.recebedorId()));
        try (var statement = transaction.prepare(patience.choose(ENTER, ENTER_BRIEFLY))) {
            SqlArrays.setTexts(statement, 1, lot, Asked::recebedorId);
            SqlArrays.setTexts(statement, 2, lot, Asked::pedidoId);
            SqlArrays.set(statement, 3, "bigint", lot, asked -> fronts.of(asked.recebedorId()));
            List<Found> found = new ArrayList<>();
            try (var row = patience.afterLock(statement)) {
                while (row.next()) {
                    String pedidoId = row.getString("pedido_id");
                    var state = PedidoState.of(row);
                    if (row.getBoolean("ordered")) {
                        places.put(pedidoId, row.getLong("ordem"));
                    }
                    LineLook.learn(fronts, receivers.get(pedidoId), state, row);
                    found.add(new Found(pedidoId, state, Optional.ofNullable(row.getString("behind"))));
                }
            }
            return found;
        }
    }

    @Override
    public Set<String> finish(List<FinalState> finished) throws SQLException {
        Map<String, @Nullable Long> last = lastPlaceByReceiver(finished);
        try (var statement = transaction.prepare(FINISH)) {
            bind(statement, finished, last);
            statement.execute();
            try (var rows = statement.getResultSet()) {
                return parkedBehind(rows, last);
            }
        }
    }

    /** The place of its last pedido in line; null if none of them stands in a line: then nothing is behind them. */
    private Map<String, @Nullable Long> lastPlaceByReceiver(List<FinalState> finished) {
        Map<String, @Nullable Long> last = new LinkedHashMap<>();
        for (var one : finished) {
            Long place = places.get(pedidoId(one));
            if (place != null || !last.containsKey(one.recebedorId())) {
                last.put(one.recebedorId(), place);
            }
        }
        return last;
    }

    private static void bind(PreparedStatement statement, List<FinalState> finished, Map<String, @Nullable Long> last)
            throws SQLException {
        SqlArrays.setTexts(statement, 1, finished, SqlLotTurn::pedidoId);
        SqlArrays.set(statement, 2, "integer", finished, one -> one.version().ciclo());
        SqlArrays.set(statement, 3, "integer", finished, one -> one.version().agendamento());
        SqlArrays.setTexts(statement, 4, finished, one -> one.status().name());
        SqlArrays.setTexts(statement, 5, finished, FinalState::motivo);
        SqlArrays.setTexts(statement, 6, finished, FinalState::resultado);
        for (int ids : new int[] {7, 8}) {
            SqlArrays.setTexts(statement, ids, finished, SqlLotTurn::pedidoId);
        }
        var receivers = List.copyOf(last.keySet());
        SqlArrays.setTexts(statement, 9, receivers, receiver -> receiver);
        SqlArrays.set(statement, 10, "bigint", receivers, last::get);
    }

    private Set<String> parkedBehind(ResultSet rows, Map<String, @Nullable Long> last) throws SQLException {
        Set<String> parkedBehind = new HashSet<>();
        while (rows.next()) {
            String recebedorId = rows.getString("recebedor_id");
            if (rows.getBoolean("parked_behind")) {
                parkedBehind.add(recebedorId);
            }
            Long place = last.get(recebedorId);
            if (place != null) {
                fronts.finished(recebedorId, place, rows.getLong("transaction"));
            }
        }
        return parkedBehind;
    }

    private static String pedidoId(FinalState finished) {
        return finished.version().pedidoId();
    }

    @Override
    public void cancelStatement() {
        transaction.cancelStatement();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
