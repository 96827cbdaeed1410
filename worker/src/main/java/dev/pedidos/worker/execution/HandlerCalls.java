package dev.pedidos.worker.execution;

import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.LotHandler;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.PermanentFailure;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Calls handlers, each within the time limit and the circuit breakers of its dependencies. Whatever a handler throws is thrown. */
public final class HandlerCalls {

    private final DependencyBreakers breakers;
    private final TimeLimit limit;
    private final CallsFactory calls;

    /**
     * @param handlerLimit how long a handler may take
     * @param calls the calls of handlers
     */
    public HandlerCalls(Duration handlerLimit, CallsFactory calls) {
        this.breakers = DependencyBreakers.forAttempts(handlerLimit);
        this.limit = new TimeLimit(handlerLimit);
        this.calls = calls;
    }

    public Preparation prepare(Handler handler, Candidate candidate) throws Exception {
        var pedido = undamaged(candidate);
        return breakers.call(
                handler.dependencies(),
                () -> limit.within(() -> handler.prepare(
                        pedido, calls.forPedido(pedido, candidate.version().agendamento()))));
    }

    public Outcome apply(Turn turn, Handler handler, Candidate candidate, Preparation preparation) throws Exception {
        var pedido = undamaged(candidate);
        return breakers.call(
                handler.dependencies(),
                () -> limit.within(() -> handler.apply(pedido, preparation, turn.handle()), turn::cancelStatement));
    }

    public List<Outcome> applyLot(LotTurn turn, LotHandler handler, List<Candidate> lot) throws Exception {
        List<Pedido> pedidos = new ArrayList<>();
        for (var candidate : lot) {
            pedidos.add(undamaged(candidate));
        }
        return applyWithin(turn, handler, () -> handler.applyLot(pedidos, turn.handle()));
    }

    /** @param preparations by pedido_id */
    public List<Outcome> applyPreparedLot(
            LotTurn turn, PreparedLotHandler handler, List<Candidate> lot, Map<String, Preparation> preparations)
            throws Exception {
        List<PreparedLotHandler.Prepared> prepared = new ArrayList<>();
        for (var candidate : lot) {
            prepared.add(new PreparedLotHandler.Prepared(
                    undamaged(candidate), preparations.getOrDefault(candidate.pedidoId(), Preparation.NONE)));
        }
        return applyWithin(turn, handler, () -> handler.applyLot(prepared, turn.handle()));
    }

    private List<Outcome> applyWithin(LotTurn turn, Handler handler, Callable<List<Outcome>> apply) throws Exception {
        return breakers.call(handler.dependencies(), () -> limit.within(apply, turn::cancelStatement));
    }

    /** No handler gets a pedido without its content. */
    private static Pedido undamaged(Candidate candidate) throws PermanentFailure {
        if (candidate.damage().isPresent()) {
            throw new PermanentFailure("its content in the ledger cannot be read: "
                    + candidate.damage().get());
        }
        return candidate.pedido();
    }
}
