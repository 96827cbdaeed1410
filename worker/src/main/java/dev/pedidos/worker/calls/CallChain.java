package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.call.AnswerCache;
import dev.pedidos.shared.ledger.call.CallLedger;
import dev.pedidos.shared.ledger.call.Pauses;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.execution.CallsFactory;
import dev.pedidos.worker.execution.DependencyBreakers;
import dev.pedidos.worker.handler.Calls;
import java.time.Duration;

/** The wrappers around each call of a handler. */
public final class CallChain implements CallsFactory {

    private final CallJournal journal;
    private final AnswerCache answers;
    private final PauseCheck pause;
    private final DependencyBreakers breakers;
    private final RepeatedFailures failures = new RepeatedFailures();
    private final CallLimit limit;
    private final Duration handlerLimit;

    /**
     * @param worker the name of this process, whose lock it holds while it lives
     * @param handlerLimit how long a call may take
     */
    public CallChain(Database database, String worker, Duration handlerLimit, CallLimit limit) {
        journal = new CallJournal(new CallLedger(database)::insert);
        answers = new AnswerCache(database, worker, handlerLimit);
        pause = new PauseCheck(new Pauses(database));
        breakers = DependencyBreakers.forCalls(handlerLimit);
        this.limit = limit;
        this.handlerLimit = handlerLimit;
    }

    /** After the last call. */
    public void close() {
        journal.close();
    }

    /**
     * From the inside out: only a call that is made is recorded. A call that breaker or pause refuses takes no slot of
     * the limit. A cached answer needs none of them.
     */
    @Override
    public Calls forPedido(Pedido pedido, int schedulings) {
        var asker = new BreakerCalls.Asker(pedido.pedidoId(), schedulings);
        Calls recorded = new RecordingCalls(pedido.pedidoId(), journal);
        Calls limited = limit.around(recorded, pause::check, pedido);
        Calls guarded = new PausingCalls(pause, new BreakerCalls(asker, breakers, failures, handlerLimit, limited));
        return new CachingCalls(pedido.pedidoId(), answers, guarded);
    }
}
