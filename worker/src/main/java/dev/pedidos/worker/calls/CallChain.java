package dev.pedidos.worker.calls;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.call.CallLedger;
import dev.pedidos.shared.ledger.call.KeptAnswers;
import dev.pedidos.shared.ledger.call.Pauses;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.execution.CallsOf;
import dev.pedidos.worker.execution.DependencyBreakers;
import dev.pedidos.worker.handler.Calls;
import java.time.Duration;

/** What is wrapped around each call of a handler. */
public final class CallChain implements CallsOf {

    private final CallJournal journal;
    private final KeptAnswers answers;
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
        answers = new KeptAnswers(database, worker, handlerLimit);
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
     * From the inside out: only a call that is made is recorded. No place of the limit is used up for a dependency that is down or wants
     * no calls. The breaker and the pauses see each call that is made, and refuse
     * others. An answer that is kept needs none of them.
     */
    @Override
    public Calls of(Pedido pedido, int schedulings) {
        var asker = new BreakerCalls.Asker(pedido.pedidoId(), schedulings);
        Calls recorded = new RecordedCalls(pedido.pedidoId(), journal);
        Calls limited = limit.around(recorded, pause::check, pedido);
        Calls guarded = new PausingCalls(pause, new BreakerCalls(asker, breakers, failures, handlerLimit, limited));
        return new AnsweringCalls(pedido.pedidoId(), answers, guarded);
    }
}
