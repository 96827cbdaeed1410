package dev.pedidos.worker.process;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Failure;
import dev.pedidos.shared.ledger.Turn;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.settle.Ending;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a failed attempt on the record, in a transaction of its own after the rollback of what was tried. Where the pedido
 * changed in between, nothing is recorded and the message is done with: what changed it brought its own message.
 */
final class FailureRecord {

    private static final Logger LOG = LoggerFactory.getLogger(FailureRecord.class);
    private static final int LONGEST_MESSAGE = 500;

    private final Database database;
    private final RetryLadder ladder;
    private final int maxTentativas;

    FailureRecord(Database database, RetryLadder ladder, int maxTentativas) {
        this.database = database;
        this.ladder = ladder;
        this.maxTentativas = maxTentativas;
    }

    Ending transientFailure(Claim claim, Throwable cause) throws SQLException {
        int failures = claim.version().tentativas() + 1;
        if (failures >= maxTentativas) {
            return deadLetter(claim, "TENTATIVAS_ESGOTADAS", failure(cause));
        }
        var delay = ladder.delayAfter(failures);
        try (var turn = entered(claim)) {
            var attempts = turn.retry(claim.version(), 1, delay, failure(cause));
            if (attempts.isEmpty()) {
                return new Ending.Passed();
            }
            var version = claim.version();
            LOG.atInfo()
                    .addKeyValue("pedido_id", version.pedidoId())
                    .addKeyValue("recebedor_id", claim.pedido().recebedorId())
                    .addKeyValue("tentativa", attempts.getAsInt())
                    .addKeyValue("erro_classe", failure(cause).erroClasse())
                    .log("attempt failed, next one in {} ms", delay.toMillis());
            var next = new Version(version.pedidoId(), version.ciclo(), attempts.getAsInt());
            return new Ending.Retrying(claim.pedido(), next, delay);
        }
    }

    Ending permanentFailure(Claim claim, Throwable cause) throws SQLException {
        return deadLetter(claim, "FALHA_PERMANENTE", failure(cause));
    }

    Ending unknownTipo(Claim claim) throws SQLException {
        String tipo = claim.pedido().tipo();
        return deadLetter(claim, "TIPO_DESCONHECIDO", new Failure("UnknownTipo", "no handler for tipo " + tipo));
    }

    private Ending deadLetter(Claim claim, String motivo, Failure failure) throws SQLException {
        try (var turn = entered(claim)) {
            var death = turn.deadLetter(claim.version(), motivo, failure);
            if (death.isEmpty()) {
                return new Ending.Passed();
            }
            var version = claim.version();
            LOG.atWarn()
                    .addKeyValue("pedido_id", version.pedidoId())
                    .addKeyValue("recebedor_id", claim.pedido().recebedorId())
                    .addKeyValue("motivo", motivo)
                    .addKeyValue("erro_classe", failure.erroClasse())
                    .log("given up, it goes to the dead letters");
            var last =
                    new Version(version.pedidoId(), version.ciclo(), death.get().tentativas());
            return new Ending.Dead(claim.pedido(), last, motivo, failure.erroClasse(), death.get());
        }
    }

    private Turn entered(Claim claim) throws SQLException {
        var turn = Turn.open(database);
        try {
            turn.enter(claim.pedido().recebedorId(), claim.version().pedidoId());
            return turn;
        } catch (SQLException | RuntimeException e) {
            turn.close();
            throw e;
        }
    }

    /** What a database says of an error may repeat the row: of those only the code goes on the record. */
    private static Failure failure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return new Failure("SQLException", "SQLSTATE " + sql.getSQLState());
            }
        }
        String message = String.valueOf(failure.getMessage());
        return new Failure(
                failure.getClass().getSimpleName(),
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message);
    }
}
