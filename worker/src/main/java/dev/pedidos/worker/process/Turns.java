package dev.pedidos.worker.process;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Head;
import dev.pedidos.shared.ledger.LineFronts;
import dev.pedidos.shared.ledger.Turn;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Opens receivers' turns. */
final class Turns {

    private final Database database;
    private final Duration signOfLife;
    private final LineFronts fronts = new LineFronts();

    Turns(Database database, Duration signOfLife) {
        this.database = database;
        this.signOfLife = signOfLife;
    }

    Turn open() {
        return Turn.open(database, signOfLife, fronts);
    }

    /** A turn that has been waited for, whatever became of the pedido meanwhile. */
    Turn entered(Claim claim) throws SQLException {
        var turn = open();
        try {
            turn.enter(claim.pedido().recebedorId(), claim.pedidoId());
            return turn;
        } catch (SQLException | RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    Optional<Head> parkedHeadOf(String recebedorId) throws SQLException {
        try (var turn = open()) {
            return turn.enterHead(recebedorId).filter(Head::parked);
        }
    }
}
