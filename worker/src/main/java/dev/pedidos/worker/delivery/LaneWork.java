package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.AckDecision;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.turn.LotResult;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.Lots;
import dev.pedidos.worker.turn.ParkedHead;
import dev.pedidos.worker.turn.TurnParts;
import dev.pedidos.worker.turn.Turnstile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The tasks of a delivery in its receiver's lane: pass a pedido whose handler waits, go on with the parked ones behind it,
 * acknowledge. A shard's thread goes on with parked pedidos too, until one has to wait.
 */
final class LaneWork {

    private final Turnstile turnstile;
    private final Handlers handlers;
    private final Lots lots;
    private final LotRules rules;
    private final StepRunner stepRunner;
    private final DatabaseRetry retry;
    private final FinishedAhead ahead = new FinishedAhead();

    LaneWork(TurnParts turn, StepRunner stepRunner, DatabaseRetry retry) {
        this.turnstile = turn.turnstile();
        this.handlers = turn.handlers();
        this.lots = turn.lots();
        this.rules = turn.rules();
        this.stepRunner = stepRunner;
        this.retry = retry;
    }

    /** Whether its pedido was finished together with another one. Forgets that: a second message of it is looked at. */
    boolean takeFinishedAhead(Candidate message) {
        return ahead.take(message);
    }

    /** Passes the pedido of a message, whose handler waits, and does what follows. */
    LaneTask messageTask(DeliveryInHand inHand, WaitingPedido waiting) {
        return task(inHand, waiting, waiting.bytes(), () -> {
            var message = waiting.decode().get();
            return ahead.take(message)
                    ? skipped(inHand)
                    : passAloneOrTogether(inHand.begun(), waiting, message, () -> message, 0);
        });
    }

    /**
     * Passes the next pedido of a receiver on the delivery in hand, and does what follows.
     *
     * @param waiting a head that was found behind the message, or the pedido of the message after others of its receiver
     * @param turnsTaken how many were taken behind the message
     */
    private LaneTask headTask(DeliveryInHand inHand, WaitingPedido waiting, int turnsTaken) {
        // The message may be decoded, too.
        long bytes = waiting.bytes() + PedidoMemory.bytesOf(inHand.delivery().body());
        return task(
                inHand,
                waiting,
                bytes,
                () -> passAloneOrTogether(inHand, waiting, waiting.decode().get(), inHand::decode, turnsTaken));
    }

    private LaneTask task(DeliveryInHand inHand, WaitingPedido waiting, long bytes, LaneTask.Work work) {
        var dependencies = handlers.waitsFor(waiting.tipo());
        return new LaneTask(inHand.shard(), inHand.delivery(), dependencies, waiting.suspect(), bytes, work);
    }

    private Optional<LaneTask> passAloneOrTogether(
            DeliveryInHand inHand,
            WaitingPedido waiting,
            Candidate candidate,
            Supplier<Candidate> message,
            int turnsTaken)
            throws PublishFailed, InterruptedException {
        return inHand.oneByOne() || !inHand.goesOn(turnsTaken) || !rules.coalesces(candidate)
                ? passAlone(inHand, candidate, message, turnsTaken)
                : passTogether(inHand, waiting, candidate, message, turnsTaken);
    }

    /** Passes it with those that wait behind it. */
    private Optional<LaneTask> passTogether(
            DeliveryInHand inHand,
            WaitingPedido waiting,
            Candidate candidate,
            Supplier<Candidate> message,
            int turnsTaken)
            throws PublishFailed, InterruptedException {
        int most = rules.mostTogether(candidate);
        return switch (stepRunner.runLot(() -> lots.passWithThoseBehind(candidate, most), candidate, inHand.shard())) {
            case LotResult.Undecided undecided -> passAlone(inHand.withoutLots(), candidate, message, turnsTaken);
            case LotResult.NotTried notTried -> passAlone(inHand, candidate, message, turnsTaken);
            case LotResult.TookEffect(var lot) -> {
                boolean parkedBehind = settle(lot, inHand.shard());
                boolean tookEffect = lot.stream()
                        .anyMatch(member -> member.candidate().pedidoId().equals(candidate.pedidoId()));
                ahead.addOthers(candidate, lot);
                if (!tookEffect || lot.size() == most) {
                    yield Optional.of(headTask(inHand, waiting, turnsTaken + 1));
                }
                yield parkedBehind ? drain(inHand, turnsTaken + 1) : acknowledged(inHand);
            }
        };
    }

    /** Returns whether a pedido behind them is parked. */
    private boolean settle(List<LotResult.Member> lot, ShardConsumer shard) throws PublishFailed, InterruptedException {
        boolean parkedBehind = false;
        for (var member : lot) {
            parkedBehind |= stepRunner.settle(member.ending(), shard) == AckDecision.DRAIN;
        }
        return parkedBehind;
    }

    private Optional<LaneTask> passAlone(
            DeliveryInHand inHand, Candidate candidate, Supplier<Candidate> message, int turnsTaken)
            throws PublishFailed, InterruptedException {
        var ending = stepRunner.run(turnstile.waitingHeadStep(candidate, message.get()), candidate, inHand.shard());
        var next = stepRunner.settle(ending, inHand.shard());
        if (next == AckDecision.DRAIN) {
            return drain(inHand, turnsTaken);
        }
        inHand.ackOrReject(next);
        return Optional.empty();
    }

    /**
     * Goes on with the receiver's parked pedidos, one transaction each, then acknowledges the delivery.
     *
     * @param turnsTaken how many were taken behind the message before
     * @return the task for a parked pedido whose handler waits, or for more of them: the delivery is acknowledged after that
     */
    Optional<LaneTask> drain(DeliveryInHand inHand, int turnsTaken) throws PublishFailed, InterruptedException {
        var message = inHand.decode();
        for (int i = turnsTaken; inHand.goesOn(i) && !retry.isStopping(); i++) {
            switch (stepRunner.runParkedHead(turnstile, message, inHand.shard())) {
                case ParkedHead.Waits(var head) -> {
                    return Optional.of(headTask(inHand, WaitingPedido.of(head, message), i + 1));
                }
                case ParkedHead.Handled(var ending) -> {
                    if (stepRunner.settle(ending, inHand.shard()) != AckDecision.DRAIN) {
                        return acknowledged(inHand);
                    }
                }
                case ParkedHead.None none -> {
                    return acknowledged(inHand);
                }
            }
        }
        var ending = stepRunner.look(turnstile.handOnStep(message), message);
        if (ending.isPresent() && stepRunner.settle(ending.get(), inHand.shard()) == AckDecision.DRAIN) {
            return Optional.of(draining(inHand, message));
        }
        return acknowledged(inHand);
    }

    LaneTask draining(DeliveryInHand inHand, Candidate message) {
        long bytes = PedidoMemory.bytesOf(inHand.delivery().body());
        return new LaneTask(
                inHand.shard(), inHand.delivery(), Set.of(), message.suspect(), bytes, () -> drain(inHand.begun(), 0));
    }

    /** The task that finished the pedido also handled the pedidos behind it. */
    Optional<LaneTask> skipped(DeliveryInHand inHand) throws PublishFailed, InterruptedException {
        stepRunner.settle(new Ending.Skipped(Reason.DUPLICATE), inHand.shard());
        return acknowledged(inHand);
    }

    private static Optional<LaneTask> acknowledged(DeliveryInHand inHand) {
        inHand.delivery().ack();
        return Optional.empty();
    }
}
