package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.StepRefused;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Rest;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.Turnstile;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery from the shard to its acknowledgement, in five steps: decode, pass, settle, drain, ack. If a step is
 * interrupted the delivery stays unacknowledged and is redelivered. The ledger knows how far it came.
 */
public final class ShardWork {

    private static final Logger LOG = LoggerFactory.getLogger(ShardWork.class);

    /** Pedidos of one receiver in a row. After that the other receivers of the shard come first. */
    private static final int MOST_IN_A_ROW = 100;

    private final FaultLog faults = new FaultLog(LOG);
    private final Turnstile turnstile;
    private final Turns turns;
    private final Settlement settlement;
    private final DatabaseRetry retry;
    private final WorkMetrics metrics;
    private final Map<String, String> inHand;

    /** @param inHand the pedido in hand, by shard: kept up to date here */
    ShardWork(
            Turnstile turnstile,
            Turns turns,
            Settlement settlement,
            DatabaseRetry retry,
            WorkMetrics metrics,
            Map<String, String> inHand) {
        this.turnstile = turnstile;
        this.turns = turns;
        this.settlement = settlement;
        this.retry = retry;
        this.metrics = metrics;
        this.inHand = inHand;
    }

    /**
     * @throws PublishFailed the delivery is left unacknowledged and is redelivered
     * @throws dev.pedidos.shared.broker.DeliveryPaused the delivery is left unacknowledged and is redelivered when the
     *     database is back
     */
    public void handle(Delivery delivery, String shard) throws PublishFailed, InterruptedException {
        Candidate message;
        try {
            message = decode(delivery);
        } catch (InvalidMessage e) {
            acknowledge(delivery, settle(new Ending.Unreadable(String.valueOf(e.getMessage())), shard));
            return;
        }
        handle(delivery, message, shard);
    }

    /** The last four steps. */
    void handle(Delivery delivery, Candidate message, String shard) throws PublishFailed, InterruptedException {
        inHand.put(shard, message.pedidoId());
        try {
            end(delivery, message, pass(message), shard);
        } finally {
            inHand.remove(shard);
        }
    }

    /** The last three steps. */
    void end(Delivery delivery, Candidate message, Ending ending, String shard)
            throws PublishFailed, InterruptedException {
        var rest = settle(ending, shard);
        if (rest == Rest.DRAIN) {
            drain(message, shard);
        }
        acknowledge(delivery, rest);
    }

    static Candidate decode(Delivery delivery) {
        return Candidate.ofMessage(delivery.body(), delivery.headers(), delivery.redelivered());
    }

    private Ending pass(Candidate message) {
        try {
            return metrics.timed(() -> retry.untilDatabaseAnswers(turnstile.message(message)));
        } catch (StepRefused e) {
            return undecided(message, e);
        }
    }

    private Rest settle(Ending ending, String shard) throws PublishFailed, InterruptedException {
        metrics.count(ending);
        return settlement.settle(ending, shard);
    }

    /** Goes on with the receiver's parked pedidos, one transaction each. */
    private void drain(Candidate message, String shard) throws PublishFailed, InterruptedException {
        for (int i = 0; i < MOST_IN_A_ROW && !retry.isStopping(); i++) {
            var ending = passParkedHead(message);
            if (ending.isEmpty() || settle(ending.get(), shard) != Rest.DRAIN) {
                return;
            }
        }
        var head = retry.untilDatabaseAnswers(() -> turns.parkedHeadOf(message.recebedorId()));
        if (head.isPresent()) {
            settle(new Ending.HandedOn(head.get()), shard);
        }
    }

    private Optional<Ending> passParkedHead(Candidate message) {
        try {
            return metrics.timedIfAny(() -> retry.untilDatabaseAnswers(turnstile.parkedHead(message)));
        } catch (StepRefused e) {
            return Optional.of(undecided(message, e));
        }
    }

    private Ending undecided(Candidate message, StepRefused fault) {
        faults.warn(
                "the database refuses what a pedido needs; it is set aside and tried again, no attempt is used", fault);
        return new Ending.Undecided(message);
    }

    private static void acknowledge(Delivery delivery, Rest rest) {
        switch (rest) {
            case ACK, DRAIN -> delivery.ack();
            case REJECT -> delivery.reject();
        }
    }
}
