package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.AckDecision;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.TurnParts;
import dev.pedidos.worker.turn.Turnstile;
import java.time.Duration;

/**
 * One delivery from the shard to its acknowledgement, in five steps: decode, pass, settle, drain, ack. If a step is
 * interrupted the delivery stays unacknowledged and is redelivered. The ledger knows how far it came. Pedidos whose handlers wait
 * are passed in a lane beside the shard, and what follows is done there.
 */
final class ShardWork {

    private static final Ending PARKED = new Ending.Skipped(Reason.PARKED);

    private final Turnstile turnstile;
    private final Handlers handlers;
    private final LotRules rules;
    private final StepRunner stepRunner;
    private final ReceiverLanes lanes;
    private final LaneWork laneWork;

    /** @param lanes for pedidos whose handlers wait */
    ShardWork(TurnParts turn, StepRunner stepRunner, DatabaseRetry retry, ReceiverLanes lanes) {
        this.turnstile = turn.turnstile();
        this.handlers = turn.handlers();
        this.rules = turn.rules();
        this.stepRunner = stepRunner;
        this.lanes = lanes;
        this.laneWork = new LaneWork(turn, stepRunner, retry);
    }

    /**
     * @throws PublishFailed the delivery is left unacknowledged and is redelivered
     * @throws dev.pedidos.shared.broker.DeliveryPaused the delivery is left unacknowledged and is redelivered when the
     *     database is back
     */
    void handle(Delivery delivery, ShardConsumer shard) throws PublishFailed, InterruptedException {
        Candidate message;
        try {
            message = decode(delivery);
        } catch (InvalidMessage e) {
            var next = stepRunner.settle(new Ending.Unreadable(String.valueOf(e.getMessage())), shard);
            DeliveryInHand.of(delivery, shard).ackOrReject(next);
            return;
        }
        handle(delivery, message, shard);
    }

    /** Handles a decoded delivery: pass, settle, drain, acknowledge. */
    void handle(Delivery delivery, Candidate message, ShardConsumer shard) throws PublishFailed, InterruptedException {
        var inHand = DeliveryInHand.of(delivery, shard);
        if (laneWork.takeFinishedAhead(message)) {
            laneWork.skipped(inHand);
            return;
        }
        switch (route(message)) {
            case ON_SHARD -> pass(inHand, message);
            case ON_SHARD_ALONE -> passAlone(inHand, message);
            case IN_LANE -> passInLane(inHand, message);
            case LOOK_ONLY -> lookOnly(inHand, message);
        }
    }

    private DeliveryRoute route(Candidate message) {
        return DeliveryRoute.of(
                lanes.stateOf(message.recebedorId(), rules.coalesces(message)),
                handlers.waits(message.pedido().tipo()),
                message.suspect());
    }

    /** If the shard has another such pedido in hand, this one waits in a lane. */
    private void passAlone(DeliveryInHand inHand, Candidate message) throws PublishFailed, InterruptedException {
        if (!inHand.shard().tryBeginAlone()) {
            passInLane(inHand, message);
            return;
        }
        try {
            pass(inHand, message);
        } finally {
            inHand.shard().endedAlone();
        }
    }

    private void pass(DeliveryInHand inHand, Candidate message) throws PublishFailed, InterruptedException {
        var ending = stepRunner.run(turnstile.messageStep(message), message, inHand.shard());
        end(inHand, message, ending);
    }

    /** Settles the ending, goes on with the receiver's parked pedidos, acknowledges. */
    void end(DeliveryInHand inHand, Candidate message, Ending ending) throws PublishFailed, InterruptedException {
        var next = stepRunner.settle(ending, inHand.shard());
        if (next != AckDecision.DRAIN) {
            inHand.ackOrReject(next);
        } else if (lanes.hasLane(message.recebedorId())) {
            addToLane(inHand, message, laneWork.draining(inHand, message), Duration.ZERO);
        } else {
            var waiting = laneWork.drain(inHand.begun(), 0);
            if (waiting.isPresent()) {
                addToLane(inHand, message, waiting.get(), Duration.ZERO);
            }
        }
    }

    static Candidate decode(Delivery delivery) {
        return Candidate.ofMessage(delivery.body(), delivery.headers(), delivery.redelivered());
    }

    /**
     * The lane has this receiver's earlier pedidos, so the look usually parks this one, and the lane goes on with it later. If nothing
     * ends with the look, the message goes into the lane.
     */
    private void lookOnly(DeliveryInHand inHand, Candidate message) throws PublishFailed, InterruptedException {
        var ending = stepRunner.look(turnstile.lookStep(message), message);
        if (ending.isEmpty()) {
            passInLane(inHand, message);
        } else if (ending.get().equals(PARKED)) {
            inHand.ackOrReject(stepRunner.settle(PARKED, inHand.shard()));
        } else {
            end(inHand, message, ending.get());
        }
    }

    private void passInLane(DeliveryInHand inHand, Candidate message) throws PublishFailed, InterruptedException {
        var task = laneWork.messageTask(inHand, WaitingPedido.of(inHand.delivery(), message));
        addToLane(inHand, message, task, rules.patience(message));
    }

    /** If the lane is full, the delivery is set aside: it would take the prefetch from the other receivers. */
    private void addToLane(DeliveryInHand inHand, Candidate message, LaneTask task, Duration patience)
            throws PublishFailed, InterruptedException {
        if (!lanes.tryAdd(message.recebedorId(), task, patience)) {
            inHand.ackOrReject(stepRunner.settle(new Ending.SetAside(message), inHand.shard()));
        }
    }
}
