package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.LineFronts;
import dev.pedidos.shared.ledger.turn.Turn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Opens receivers' turns. */
public final class Turns {

    private final Database database;
    private final Duration signOfLife;
    private final LineFronts fronts = new LineFronts();

    public Turns(Database database, Duration signOfLife) {
        this.database = database;
        this.signOfLife = signOfLife;
    }

    Turn open() {
        return Turn.open(database, signOfLife, fronts);
    }

    /** A turn that has been waited for, whatever became of the pedido meanwhile. */
    Turn entered(Candidate claim) throws SQLException {
        var turn = open();
        try {
            turn.enter(claim.pedido().recebedorId(), claim.pedidoId());
            return turn;
        } catch (SQLException | RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    public Optional<Head> parkedHeadOf(String recebedorId) throws SQLException {
        try (var turn = open()) {
            return turn.enterHead(recebedorId).filter(Head::parked);
        }
    }
}
