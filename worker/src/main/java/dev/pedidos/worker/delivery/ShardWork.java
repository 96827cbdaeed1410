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
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.settle.Rest;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.ParkedHead;
import dev.pedidos.worker.turn.Turnstile;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One delivery from the shard to its acknowledgement, in five steps: decode, pass, settle, drain, ack. If a step is
 * interrupted the delivery stays unacknowledged and is redelivered. The ledger knows how far it came. Pedidos whose handlers wait
 * are passed in a lane beside the shard, and what follows is done there.
 */
public final class ShardWork {

    private static final Logger LOG = LoggerFactory.getLogger(ShardWork.class);

    private static final Ending PARKED = new Ending.Skipped(Reason.PARKED);

    /** Pedidos of one receiver in a row. After that the other receivers of the shard come first. */
    private static final int MOST_IN_A_ROW = 100;

    private final FaultLog faults = new FaultLog(LOG);
    private final Turnstile turnstile;
    private final Turns turns;
    private final Settlement settlement;
    private final DatabaseRetry retry;
    private final WorkMetrics metrics;
    private final Map<String, String> inHand;
    private final Lanes lanes;

    /**
     * @param inHand the pedido in hand, by shard: kept up to date here
     * @param lanes for pedidos whose handlers wait
     */
    ShardWork(
            Turnstile turnstile,
            Turns turns,
            Settlement settlement,
            DatabaseRetry retry,
            WorkMetrics metrics,
            Map<String, String> inHand,
            Lanes lanes) {
        this.turnstile = turnstile;
        this.turns = turns;
        this.settlement = settlement;
        this.retry = retry;
        this.metrics = metrics;
        this.inHand = inHand;
        this.lanes = lanes;
    }

    /**
     * @throws PublishFailed the delivery is left unacknowledged and is redelivered
     * @throws dev.pedidos.shared.broker.DeliveryPaused the delivery is left unacknowledged and is redelivered when the
     *     database is back
     */
    public void handle(Delivery delivery, ShardConsumer shard) throws PublishFailed, InterruptedException {
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
    void handle(Delivery delivery, Candidate message, ShardConsumer shard) throws PublishFailed, InterruptedException {
        if (lanes.has(message.recebedorId())) {
            glance(new InHand(delivery, message, shard));
        } else if (turnstile.waits(message)) {
            passInLane(new InHand(delivery, message, shard));
        } else {
            end(delivery, message, pass(turnstile.message(message), message, shard), shard);
        }
    }

    /** The last three steps. */
    void end(Delivery delivery, Candidate message, Ending ending, ShardConsumer shard)
            throws PublishFailed, InterruptedException {
        var rest = settle(ending, shard);
        var it = new InHand(delivery, message, shard);
        if (rest != Rest.DRAIN) {
            acknowledge(delivery, rest);
        } else if (lanes.has(message.recebedorId())) {
            lanes.add(
                    message.recebedorId(),
                    new Lanes.Step(shard, delivery, Set.of(), message.needsBeginMark(), () -> drain(it, 0)));
        } else {
            drain(it, 0).ifPresent(step -> lanes.add(message.recebedorId(), step));
        }
    }

    static Candidate decode(Delivery delivery) {
        return Candidate.ofMessage(delivery.body(), delivery.headers(), delivery.redelivered());
    }

    /** A delivery and what is known of it. */
    private record InHand(Delivery delivery, Candidate message, ShardConsumer shard) {}

    /**
     * Its receiver has a pedido in a lane, so this one is parked: whoever ends the one before it sees that. If it is the head, it is a
     * copy of the one in the lane, or its turn has just come: it follows in the lane.
     */
    private void glance(InHand it) throws PublishFailed, InterruptedException {
        Optional<Ending> ending;
        try {
            ending = retry.untilDatabaseAnswers(turnstile.glance(it.message()));
        } catch (StepRefused e) {
            ending = Optional.of(undecided(it.message(), e));
        }
        if (ending.isEmpty()) {
            passInLane(it);
        } else if (ending.get().equals(PARKED)) {
            acknowledge(it.delivery(), settle(PARKED, it.shard()));
        } else {
            end(it.delivery(), it.message(), ending.get(), it.shard());
        }
    }

    private void passInLane(InHand it) {
        lanes.add(it.message().recebedorId(), step(it, it.message(), 0));
    }

    /**
     * Passes a pedido whose handler waits, and does what follows.
     *
     * @param candidate of the message, or the head that was found behind it
     * @param passed how many were passed behind the message before
     */
    private Lanes.Step step(InHand it, Candidate candidate, int passed) {
        var dependencies = turnstile.dependencies(candidate);
        return new Lanes.Step(it.shard(), it.delivery(), dependencies, candidate.needsBeginMark(), () -> {
            var ending = pass(turnstile.waitingHead(candidate, it.message()), candidate, it.shard());
            var rest = settle(ending, it.shard());
            if (rest == Rest.DRAIN) {
                return drain(it, passed);
            }
            acknowledge(it.delivery(), rest);
            return Optional.empty();
        });
    }

    private Ending pass(DatabaseRetry.Step<Ending> step, Candidate candidate, ShardConsumer shard) {
        inHand.put(shard.queue(), candidate.pedidoId());
        try {
            return metrics.timed(() -> retry.untilDatabaseAnswers(step));
        } catch (StepRefused e) {
            return undecided(candidate, e);
        } finally {
            inHand.remove(shard.queue(), candidate.pedidoId());
        }
    }

    private Rest settle(Ending ending, ShardConsumer shard) throws PublishFailed, InterruptedException {
        metrics.count(ending);
        return settlement.settle(ending, shard.queue());
    }

    /**
     * Goes on with the receiver's parked pedidos, one transaction each, then acknowledges the delivery.
     *
     * @param passed how many were passed before
     * @return the step for a parked pedido whose handler waits: the delivery is acknowledged after that
     */
    private Optional<Lanes.Step> drain(InHand it, int passed) throws PublishFailed, InterruptedException {
        for (int i = passed; i < MOST_IN_A_ROW && !retry.isStopping(); i++) {
            switch (passParkedHead(it.message())) {
                case ParkedHead.Waits(var head) -> {
                    return Optional.of(step(it, head, i + 1));
                }
                case ParkedHead.Passed(var ending) when settle(ending, it.shard()) == Rest.DRAIN -> {}
                case ParkedHead.Passed ended -> {
                    return acknowledged(it);
                }
                case ParkedHead.None none -> {
                    return acknowledged(it);
                }
            }
        }
        var head =
                retry.untilDatabaseAnswers(() -> turns.parkedHeadOf(it.message().recebedorId()));
        if (head.isPresent()) {
            settle(new Ending.HandedOn(head.get()), it.shard());
        }
        return acknowledged(it);
    }

    private static Optional<Lanes.Step> acknowledged(InHand it) {
        it.delivery().ack();
        return Optional.empty();
    }

    private ParkedHead passParkedHead(Candidate message) {
        try {
            return metrics.timedIfPassed(() -> retry.untilDatabaseAnswers(turnstile.parkedHead(message)));
        } catch (StepRefused e) {
            return new ParkedHead.Passed(undecided(message, e));
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
