package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.settle.NextStep;
import dev.pedidos.worker.turn.LotPassage;
import dev.pedidos.worker.turn.LotResult;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.ParkedHead;
import dev.pedidos.worker.turn.Turnstile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a delivery in its receiver's lane: pass a pedido whose handler waits, go on with the parked ones behind it,
 * acknowledge. A shard's thread goes on with parked pedidos too, until one has to wait.
 */
final class LaneWork {

    private final Turnstile turnstile;
    private final LotPassage lots;
    private final LotRules rules;
    private final StepRunner stepRunner;
    private final DatabaseRetry retry;
    private final FinishedAhead ahead = new FinishedAhead();

    LaneWork(Turnstile turnstile, LotPassage lots, LotRules rules, StepRunner stepRunner, DatabaseRetry retry) {
        this.turnstile = turnstile;
        this.lots = lots;
        this.rules = rules;
        this.stepRunner = stepRunner;
        this.retry = retry;
    }

    /** Whether its pedido was finished together with another one. Forgets that: a second message of it is looked at. */
    boolean takeFinishedAhead(Candidate message) {
        return ahead.take(message);
    }

    /**
     * Passes a pedido whose handler waits, and does what follows.
     *
     * @param waiting of the message, or the head that was found behind it
     * @param turnsTaken how many were taken behind the message before
     */
    ReceiverLanes.Step step(InHand it, Undecoded waiting, int turnsTaken) {
        var dependencies = turnstile.waitsFor(waiting.tipo());
        // Behind a message, that is decoded too.
        long bytes = waiting.bytes()
                + (turnsTaken == 0 ? 0 : PedidoMemory.of(it.delivery().body()));
        return new ReceiverLanes.Step(it.shard(), it.delivery(), dependencies, waiting.needsBeginMark(), bytes, () -> {
            var candidate = waiting.decoded().get();
            if (turnsTaken > 0) {
                return passAloneOrTogether(it, waiting, candidate, turnsTaken);
            }
            return ahead.take(candidate) ? skipped(it) : passAloneOrTogether(it.begun(), waiting, candidate, 0);
        });
    }

    private Optional<ReceiverLanes.Step> passAloneOrTogether(
            InHand it, Undecoded waiting, Candidate candidate, int turnsTaken)
            throws PublishFailed, InterruptedException {
        return it.apart() || !it.goesOn(turnsTaken) || !rules.coalesces(candidate)
                ? passAlone(it, candidate, turnsTaken)
                : passTogether(it, waiting, candidate, turnsTaken);
    }

    /** Passes it with those that wait behind it. */
    private Optional<ReceiverLanes.Step> passTogether(InHand it, Undecoded waiting, Candidate candidate, int turnsTaken)
            throws PublishFailed, InterruptedException {
        int most = rules.most(candidate);
        return switch (stepRunner.runLot(() -> lots.passWithThoseBehind(candidate, most), candidate, it.shard())) {
            case LotResult.Failed failed -> passAlone(it.oneByOne(), candidate, turnsTaken);
            case LotResult.NotALot none -> passAlone(it, candidate, turnsTaken);
            case LotResult.Finished(var lot) -> {
                boolean parkedBehind = settle(lot, it.shard());
                if (!ahead.addAllBut(candidate, lot) || lot.size() == most) {
                    yield Optional.of(step(it, waiting, turnsTaken + 1));
                }
                yield parkedBehind ? drain(it, turnsTaken + 1) : acknowledged(it);
            }
        };
    }

    /** Returns whether a pedido behind them is parked. */
    private boolean settle(List<LotResult.Member> lot, ShardConsumer shard) throws PublishFailed, InterruptedException {
        boolean parkedBehind = false;
        for (var member : lot) {
            parkedBehind |= stepRunner.settle(member.ending(), shard) == NextStep.DRAIN;
        }
        return parkedBehind;
    }

    private Optional<ReceiverLanes.Step> passAlone(InHand it, Candidate candidate, int turnsTaken)
            throws PublishFailed, InterruptedException {
        var message = turnsTaken == 0 ? candidate : it.message();
        var ending = stepRunner.run(turnstile.waitingHead(candidate, message), candidate, it.shard());
        var next = stepRunner.settle(ending, it.shard());
        if (next == NextStep.DRAIN) {
            return drain(it, turnsTaken);
        }
        it.acknowledge(next);
        return Optional.empty();
    }

    /**
     * Goes on with the receiver's parked pedidos, one transaction each, then acknowledges the delivery.
     *
     * @param turnsTaken how many were taken behind the message before
     * @return the step for a parked pedido whose handler waits, or for more of them: the delivery is acknowledged after that
     */
    Optional<ReceiverLanes.Step> drain(InHand it, int turnsTaken) throws PublishFailed, InterruptedException {
        var message = it.message();
        for (int i = turnsTaken; it.goesOn(i) && !retry.isStopping(); i++) {
            switch (stepRunner.runParkedHead(turnstile.parkedHead(message), message)) {
                case ParkedHead.Waits(var head) -> {
                    return Optional.of(step(it, Undecoded.of(head, message), i + 1));
                }
                case ParkedHead.Handled(var ending) when stepRunner.settle(ending, it.shard()) == NextStep.DRAIN -> {}
                case ParkedHead.Handled last -> {
                    return acknowledged(it);
                }
                case ParkedHead.None none -> {
                    return acknowledged(it);
                }
            }
        }
        var ending = stepRunner.look(turnstile.handOn(message), message);
        if (ending.isPresent() && stepRunner.settle(ending.get(), it.shard()) == NextStep.DRAIN) {
            return Optional.of(draining(it, message));
        }
        return acknowledged(it);
    }

    ReceiverLanes.Step draining(InHand it, Candidate message) {
        long bytes = PedidoMemory.of(it.delivery().body());
        return new ReceiverLanes.Step(
                it.shard(), it.delivery(), Set.of(), message.needsBeginMark(), bytes, () -> drain(it.begun(), 0));
    }

    /** The step that finished the pedido also handled the pedidos behind it. */
    Optional<ReceiverLanes.Step> skipped(InHand it) throws PublishFailed, InterruptedException {
        stepRunner.settle(new Ending.Skipped(Reason.DUPLICATE), it.shard());
        return acknowledged(it);
    }

    private static Optional<ReceiverLanes.Step> acknowledged(InHand it) {
        it.delivery().ack();
        return Optional.empty();
    }
}
