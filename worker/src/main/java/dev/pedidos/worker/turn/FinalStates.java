package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.OutcomeText;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of an outcome the state that the ledger records. */
final class FinalStates {

    private FinalStates() {}

    /**
     * Empty if the handler asks to be called later.
     *
     * @throws PermanentFailure the outcome is too long
     */
    static Optional<FinalState> of(Candidate candidate, Outcome outcome) throws PermanentFailure {
        return switch (outcome) {
            case Outcome.Completed(var resultado) ->
                Optional.of(state(candidate, PedidoStatus.COMPLETED, null, OutcomeText.resultado(resultado)));
            case Outcome.Rejected(var motivo, var resultado) ->
                Optional.of(state(
                        candidate,
                        PedidoStatus.REJECTED,
                        OutcomeText.motivo(motivo),
                        OutcomeText.resultado(resultado)));
            case Outcome.Postponed later -> Optional.empty();
        };
    }

    private static FinalState state(
            Candidate candidate, PedidoStatus status, @Nullable String motivo, @Nullable String resultado) {
        return new FinalState(candidate.version(), candidate.recebedorId(), status, motivo, resultado);
    }
}
