package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Finished;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.OutcomeText;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that ends a pedido, as the ledger records it.
 *
 * @param status COMPLETED or REJECTED
 * @param resultado JSON
 */
record FinalOutcome(
        PedidoStatus status,
        @Nullable String motivo,
        @Nullable String resultado) {

    /**
     * Empty if the handler asks to be called later.
     *
     * @throws PermanentFailure the outcome is too long
     */
    static Optional<FinalOutcome> of(Outcome outcome) throws PermanentFailure {
        return switch (outcome) {
            case Outcome.Completed(var resultado) ->
                Optional.of(new FinalOutcome(PedidoStatus.COMPLETED, null, OutcomeText.resultado(resultado)));
            case Outcome.Rejected(var motivo, var resultado) ->
                Optional.of(new FinalOutcome(
                        PedidoStatus.REJECTED, OutcomeText.motivo(motivo), OutcomeText.resultado(resultado)));
            case Outcome.Postponed later -> Optional.empty();
        };
    }

    Finished finished(Candidate candidate) {
        return new Finished(candidate.version(), candidate.recebedorId(), status, motivo, resultado);
    }
}
