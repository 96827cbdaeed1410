package dev.pedidos.worker.turn;

import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.execution.Dependencies;
import dev.pedidos.worker.execution.TimeLimit;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.settle.Ending;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One attempt of a handler: its effects and its outcome, in one transaction. */
public final class Attempt {

    private final FailureRecord failures;
    private final Dependencies dependencies;
    private final TimeLimit limit;

    /** @param handlerLimit how long a handler may take */
    public Attempt(FailureRecord failures, Duration handlerLimit) {
        this.failures = failures;
        this.dependencies = new Dependencies(handlerLimit);
        this.limit = new TimeLimit(handlerLimit);
    }

    /** Whether a handler has work to do outside the transaction; without, a pedido needs one transaction less. */
    static boolean prepares(Handler handler) {
        try {
            return handler.getClass().getMethod("prepare", Pedido.class).getDeclaringClass() != Handler.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every Handler has prepare", e);
        }
    }

    Preparation prepare(Candidate claim, Handler handler) throws Exception {
        return dependencies.call(handler.dependencies(), () -> limit.within(() -> handler.prepare(claim.pedido())));
    }

    /** @return empty where the pedido changed meanwhile: decide anew */
    Optional<Ending> run(Turn turn, Candidate claim, Handler handler, Preparation preparation) throws Exception {
        var outcome = dependencies.call(
                handler.dependencies(),
                () -> limit.within(
                        () -> handler.apply(claim.pedido(), preparation, turn.handle()), turn::cancelStatement));
        return switch (outcome) {
            case Outcome.Completed(var resultado) ->
                Optional.of(finished(turn, claim, Status.COMPLETED, null, resultado));
            case Outcome.Rejected(var motivo, var resultado) ->
                Optional.of(finished(turn, claim, Status.REJECTED, motivo, resultado));
            case Outcome.Postponed postponed -> {
                // Whatever it has written: it is called again.
                turn.close();
                yield failures.putOff(claim, postponed);
            }
        };
    }

    private static Ending finished(
            Turn turn, Candidate claim, Status status, @Nullable String motivo, @Nullable JsonNode resultado)
            throws Exception {
        String json = resultado == null ? null : resultado.toString();
        return new Ending.Finished(turn.finish(claim.version(), claim.pedido().recebedorId(), status, motivo, json));
    }
}
