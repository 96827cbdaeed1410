package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.OutcomeText;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import org.jspecify.annotations.Nullable;

/** Makes of a final outcome the state that the ledger records. */
final class FinalStates {

    private FinalStates() {}

    /** @throws PermanentFailure the outcome is too long */
    static FinalState completed(Candidate candidate, Outcome.Completed outcome) throws PermanentFailure {
        return state(candidate, PedidoStatus.COMPLETED, null, OutcomeText.resultado(outcome.resultado()));
    }

    /** @throws PermanentFailure the outcome is too long */
    static FinalState rejected(Candidate candidate, Outcome.Rejected outcome) throws PermanentFailure {
        return state(
                candidate,
                PedidoStatus.REJECTED,
                OutcomeText.motivo(outcome.motivo()),
                OutcomeText.resultado(outcome.resultado()));
    }

    private static FinalState state(
            Candidate candidate, PedidoStatus status, @Nullable String motivo, @Nullable String resultado) {
        return new FinalState(candidate.version(), candidate.recebedorId(), status, motivo, resultado);
    }
}
