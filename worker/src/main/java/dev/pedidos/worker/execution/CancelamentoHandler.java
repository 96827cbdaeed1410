package dev.pedidos.worker.execution;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.cancel.CancelTarget;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.StrictJson;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.Undo;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The handler of tipo cancelamento. A pedido that took effect before its cancellation is undone by its own handler. An unfinished
 * one ends in its own turn, in which a worker finds that it is cancelled.
 */
final class CancelamentoHandler implements Handler {

    private static final Duration RECEIVER_BUSY = Duration.ofSeconds(1);

    private final Function<String, Optional<RegisteredHandler>> handlers;

    /** @param handlers by tipo */
    CancelamentoHandler(Function<String, Optional<RegisteredHandler>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public String tipo() {
        return Cancelamento.TIPO;
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception {
        var cancelamento = Cancelamento.of(pedido)
                .orElseThrow(() -> new PermanentFailure("its dados name no pedido that its pedido_id belongs to"));
        Optional<CancelTarget> target;
        try {
            target = CancelTarget.lock(tx, cancelamento);
        } catch (RuntimeException e) {
            if (LedgerFault.isLockTimeout(e)) {
                return new Outcome.Postponed(RECEIVER_BUSY, "RECEBEDOR_OCUPADO");
            }
            throw e;
        }
        return target.isEmpty() ? completed("UNKNOWN") : end(target.get(), tx);
    }

    private Outcome end(CancelTarget target, Handle tx) throws Exception {
        return switch (target.status()) {
            case COMPLETED -> undo(target, tx);
            case PENDING, PROCESSING, RETRYING, REJECTED, DEAD_LETTERED, DISCARDED, CANCELLED -> {
                target.endWithoutWorker(tx);
                yield completed(target.status().name());
            }
        };
    }

    private Outcome undo(CancelTarget target, Handle tx) throws Exception {
        var cancelled = target.content().get();
        String tipo = cancelled.tipo();
        var handler = handlers.apply(tipo).orElseThrow(() -> new MissingHandler(tipo));
        if (!handler.undoes()) {
            throw new MissingUndo(tipo);
        }
        return switch (handler.handler().undo(cancelled, resultado(target), tx)) {
            case Undo.Undone(var liberado) -> {
                target.undone(tx, OutcomeText.resultado(liberado));
                yield completed("COMPLETED");
            }
            case Undo.Refused(var motivo) -> new Outcome.Rejected(motivo);
        };
    }

    private static @Nullable JsonNode resultado(CancelTarget target) {
        String json = target.resultado();
        return json == null ? null : StrictJson.readStored(json);
    }

    /** @param was the status of the pedido when its cancellation came to it */
    private static Outcome completed(String was) {
        return new Outcome.Completed(JsonNodeFactory.instance.objectNode().put("status_anterior", was));
    }
}
