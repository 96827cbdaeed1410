package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.DatabaseRetry.Step;
import dev.pedidos.worker.outage.StepGivenUp;
import dev.pedidos.worker.settle.AckDecision;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.turn.LotResult;
import dev.pedidos.worker.turn.ParkedHead;
import dev.pedidos.worker.turn.Turnstile;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of the turnstile on a database that may fail, settles their endings, and counts them. Three calls wrap each other: a
 * step takes one pedido to its ending; {@link DatabaseRetry#untilDatabaseAnswers} repeats the step while only the database fails;
 * {@link #run} times that, and makes an ending of a step that is given up.
 */
final class StepRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final LedgerFaultLog faults = new LedgerFaultLog(LOG);
    private final DatabaseRetry retry;
    private final WorkMetrics metrics;
    private final PedidosUnderWay underWay;

    /** @param underWay kept up to date here */
    StepRunner(DatabaseRetry retry, WorkMetrics metrics, PedidosUnderWay underWay) {
        this.retry = retry;
        this.metrics = metrics;
        this.underWay = underWay;
    }

    Ending run(Step<Ending> step, Candidate candidate, ShardConsumer shard) {
        try (var going = underWay.begin(shard.queue(), candidate.pedidoId())) {
            return metrics.timed(() -> retry.untilDatabaseAnswers(step));
        } catch (StepGivenUp e) {
            return setAside(candidate, e);
        }
    }

    /**
     * Runs the step of a lot. A database that fails is not waited for: what a lot leaves undecided is passed one by one.
     *
     * @param first of the lot
     */
    LotResult runLot(Step<LotResult> lot, Candidate first, ShardConsumer shard) {
        try (var going = underWay.begin(shard.queue(), first.pedidoId())) {
            return metrics.timedLot(() -> retry.once(lot).orElseGet(LotResult.Undecided::new));
        }
    }

    /** Looks at a pedido; empty if nothing ends with the look. */
    Optional<Ending> look(Step<Optional<Ending>> step, Candidate message) {
        try {
            return retry.untilDatabaseAnswers(step);
        } catch (StepGivenUp e) {
            return Optional.of(setAside(message, e));
        }
    }

    /** @param message the delivery in hand */
    ParkedHead runParkedHead(Turnstile turnstile, Candidate message, ShardConsumer shard) {
        try (var going = underWay.begin(shard.queue())) {
            var step = turnstile.parkedHeadStep(message, going::has);
            return metrics.timedIfHandled(() -> retry.untilDatabaseAnswers(step));
        } catch (StepGivenUp e) {
            return new ParkedHead.Handled(setAside(message, e));
        }
    }

    AckDecision settle(Ending ending, ShardConsumer shard) throws PublishFailed, InterruptedException {
        metrics.count(ending);
        return shard.settle(ending);
    }

    private Ending setAside(Candidate message, StepGivenUp fault) {
        faults.warn(
                "a pedido could not be decided about: it goes to the first delay queue and is tried again, no attempt is used",
                fault,
                Map.of("pedido_id", message.pedidoId()));
        return new Ending.SetAside(message);
    }
}
