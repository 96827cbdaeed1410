package dev.pedidos.worker.process;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Head;
import dev.pedidos.shared.ledger.Turn;
import java.sql.SQLException;
import java.util.Optional;

/** Looks at heads without handling them. */
final class Heads {

    private final Database database;

    Heads(Database database) {
        this.database = database;
    }

    Optional<Head> parkedHeadOf(String recebedorId) throws SQLException {
        try (var turn = Turn.open(database)) {
            return turn.enterHead(recebedorId).filter(Head::parked);
        }
    }
}
