package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.DatabaseRetry.Step;
import dev.pedidos.worker.outage.StepGivenUp;
import dev.pedidos.worker.settle.AckDecision;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.LotResult;
import dev.pedidos.worker.turn.ParkedHead;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of the turnstile on a database that may fail, settles their endings, and counts them. A step takes one pedido to
 * its ending. {@link DatabaseRetry#untilDatabaseAnswers} runs the step again while only the database fails. This class wraps both:
 * it is timed, and a step that is given up becomes an ending too.
 */
final class StepRunner {

    private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

    private final FaultLog faults = new FaultLog(LOG);
    private final Settlement settlement;
    private final DatabaseRetry retry;
    private final WorkMetrics metrics;
    private final Map<String, String> pedidoByShard;

    /** @param pedidoByShard the pedido in hand, by shard: kept up to date here */
    StepRunner(Settlement settlement, DatabaseRetry retry, WorkMetrics metrics, Map<String, String> pedidoByShard) {
        this.settlement = settlement;
        this.retry = retry;
        this.metrics = metrics;
        this.pedidoByShard = pedidoByShard;
    }

    Ending run(Step<Ending> step, Candidate candidate, ShardConsumer shard) {
        pedidoByShard.put(shard.queue(), candidate.pedidoId());
        try {
            return metrics.timed(() -> retry.untilDatabaseAnswers(step));
        } catch (StepGivenUp e) {
            return undecided(candidate, e);
        } finally {
            pedidoByShard.remove(shard.queue(), candidate.pedidoId());
        }
    }

    /**
     * Runs the step of a lot. A database that fails is not waited for: what a lot leaves undecided is passed one by one.
     *
     * @param first of the lot
     */
    LotResult runLot(Step<LotResult> lot, Candidate first, ShardConsumer shard) {
        pedidoByShard.put(shard.queue(), first.pedidoId());
        try {
            return metrics.timedLot(() -> retry.once(lot).orElseGet(LotResult.Failed::new));
        } finally {
            pedidoByShard.remove(shard.queue(), first.pedidoId());
        }
    }

    /** Looks at a pedido; empty if nothing ends with the look. */
    Optional<Ending> look(Step<Optional<Ending>> step, Candidate message) {
        try {
            return retry.untilDatabaseAnswers(step);
        } catch (StepGivenUp e) {
            return Optional.of(undecided(message, e));
        }
    }

    /** @param message the delivery in hand */
    ParkedHead runParkedHead(Step<ParkedHead> step, Candidate message) {
        try {
            return metrics.timedIfHandled(() -> retry.untilDatabaseAnswers(step));
        } catch (StepGivenUp e) {
            return new ParkedHead.Handled(undecided(message, e));
        }
    }

    AckDecision settle(Ending ending, ShardConsumer shard) throws PublishFailed, InterruptedException {
        metrics.count(ending);
        return settlement.settle(ending, shard.queue());
    }

    private Ending undecided(Candidate message, StepGivenUp fault) {
        faults.warn(
                "a pedido could not be decided about: it goes to the first delay queue and is tried again, no attempt is used",
                fault,
                Map.of("pedido_id", message.pedidoId()));
        return new Ending.Undecided(message);
    }
}
