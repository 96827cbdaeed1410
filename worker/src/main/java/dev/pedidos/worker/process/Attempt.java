package dev.pedidos.worker.process;

import dev.pedidos.shared.ledger.Failure;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Turn;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.settle.Ending;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One attempt of a handler: its effects and its outcome, in one transaction. */
final class Attempt {

    private final RetryLadder ladder;

    Attempt(RetryLadder ladder) {
        this.ladder = ladder;
    }

    /** Whether a handler has work to do outside the transaction; without, a pedido needs one transaction less. */
    static boolean prepares(Handler handler) {
        try {
            return handler.getClass().getMethod("prepare", Pedido.class).getDeclaringClass() != Handler.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every Handler has prepare", e);
        }
    }

    Ending run(Turn turn, Claim claim, Handler handler, Preparation preparation) throws Exception {
        var pedido = claim.pedido();
        var version = claim.version();
        return switch (handler.apply(pedido, preparation, turn.handle())) {
            case Outcome.Completed(var resultado) ->
                new Ending.Finished(
                        turn.finish(version, pedido.recebedorId(), Status.COMPLETED, null, json(resultado)));
            case Outcome.Rejected(var motivo, var resultado) ->
                new Ending.Finished(
                        turn.finish(version, pedido.recebedorId(), Status.REJECTED, motivo, json(resultado)));
            case Outcome.Postponed postponed -> postpone(turn, pedido, version, postponed);
        };
    }

    private Ending postpone(Turn turn, Pedido pedido, Version version, Outcome.Postponed postponed) throws Exception {
        var delay = ladder.atLeast(postponed.delay());
        turn.retry(version, 0, delay, new Failure("Postponed", postponed.motivo()));
        return new Ending.Retrying(pedido, version, delay);
    }

    private static @Nullable String json(@Nullable JsonNode resultado) {
        return resultado == null ? null : resultado.toString();
    }
}
