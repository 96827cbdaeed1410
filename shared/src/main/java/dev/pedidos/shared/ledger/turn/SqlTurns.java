package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Turns in PostgreSQL. */
public final class SqlTurns implements Turns {

    private static final String ANY_WORKER_HANDLES = Sql.named("any_worker_handles");
    private static final String ANY_WORKER_UNDOES = Sql.named("any_worker_undoes");
    private static final String UNMARK = Sql.named("unmark");

    private final Database database;
    private final Duration signOfLife;
    private final ServerFronts fronts = new ServerFronts();
    private final LockPatience patience = new LockPatience();

    /** @param signOfLife the relay looks at a parked pedido after this time without news */
    public SqlTurns(Database database, Duration signOfLife) {
        this.database = database;
        this.signOfLife = signOfLife;
    }

    @Override
    public Turn open() {
        return SqlTurn.open(database, signOfLife, fronts, patience);
    }

    /** Without BEGIN, PostgreSQL runs both statements of the message in one transaction, and ends it with the message. */
    @Override
    public Optional<PedidoState> look(String recebedorId, String pedidoId) throws SQLException {
        var handle = database.openTurn();
        try {
            return new LineLook(handle, fronts.of(database.serverOf(handle)), patience).pedido(recebedorId, pedidoId);
        } finally {
            database.endTurn(handle);
        }
    }

    @Override
    public boolean anyWorkerHandles(String tipo) throws SQLException {
        return isTrueOf(tipo, ANY_WORKER_HANDLES);
    }

    @Override
    public boolean anyWorkerUndoes(String tipo) throws SQLException {
        return isTrueOf(tipo, ANY_WORKER_UNDOES);
    }

    private boolean isTrueOf(String tipo, String sql) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            try (var question = handle.getConnection().prepareStatement(sql)) {
                question.setString(1, tipo);
                try (var answer = question.executeQuery()) {
                    return answer.next() && answer.getBoolean(1);
                }
            }
        });
    }

    @Override
    public void unmark(String pedidoId, String worker) {
        database.jdbi().useHandle(handle -> handle.execute(UNMARK, pedidoId, worker));
    }

    @Override
    public void shortenWaits() {
        patience.shorten();
    }

    @Override
    public LotTurn openLot() {
        return SqlLotTurn.open(database, fronts, patience);
    }
}
