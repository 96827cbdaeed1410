package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.settle.Rest;
import dev.pedidos.worker.turn.LotPassage;
import dev.pedidos.worker.turn.LotResult;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.ParkedHead;
import dev.pedidos.worker.turn.Turnstile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One delivery from the shard to its acknowledgement, in five steps: decode, pass, settle, drain, ack. If a step is
 * interrupted the delivery stays unacknowledged and is redelivered. The ledger knows how far it came. Pedidos whose handlers wait
 * are passed in a lane beside the shard, and what follows is done there.
 */
public final class ShardWork {

    private static final Ending PARKED = new Ending.Skipped(Reason.PARKED);

    private final Turnstile turnstile;
    private final LotPassage lots;
    private final LotRules rules;
    private final Passages passages;
    private final DatabaseRetry retry;
    private final ReceiverLanes lanes;
    private final FinishedAhead ahead = new FinishedAhead();

    /** @param lanes for pedidos whose handlers wait */
    ShardWork(
            Turnstile turnstile,
            LotPassage lots,
            LotRules rules,
            Passages passages,
            DatabaseRetry retry,
            ReceiverLanes lanes) {
        this.turnstile = turnstile;
        this.lots = lots;
        this.rules = rules;
        this.passages = passages;
        this.retry = retry;
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
            acknowledge(delivery, passages.settle(new Ending.Unreadable(String.valueOf(e.getMessage())), shard));
            return;
        }
        handle(delivery, message, shard);
    }

    /** The last four steps. */
    void handle(Delivery delivery, Candidate message, ShardConsumer shard) throws PublishFailed, InterruptedException {
        var it = InHand.of(delivery, shard);
        if (ahead.take(message)) {
            skipped(it);
        } else if (lanes.has(message.recebedorId()) && !follows(message)) {
            glance(it, message);
        } else if (lanes.has(message.recebedorId()) || turnstile.waits(message)) {
            passInLane(it, message);
        } else if (!message.needsBeginMark()) {
            pass(it, message);
        } else if (shard.beginsAlone()) {
            try {
                pass(it, message);
            } finally {
                shard.endedAlone();
            }
        } else {
            passInLane(it, message);
        }
    }

    private void pass(InHand it, Candidate message) throws PublishFailed, InterruptedException {
        var ending = passages.pass(turnstile.message(message), message, it.shard());
        end(it.delivery(), message, ending, it.shard());
    }

    /** Whether it waits in its receiver's lane, without a look. */
    private boolean follows(Candidate message) {
        return joins(message) || (!message.needsBeginMark() && !lanes.isFull(message.recebedorId()));
    }

    /** Whether its receiver's lane waits for it. */
    private boolean joins(Candidate message) {
        return lanes.rests(message.recebedorId()) && rules.coalesces(message);
    }

    /** The last three steps. */
    void end(Delivery delivery, Candidate message, Ending ending, ShardConsumer shard)
            throws PublishFailed, InterruptedException {
        var rest = passages.settle(ending, shard);
        var it = InHand.of(delivery, shard);
        if (rest != Rest.DRAIN) {
            acknowledge(delivery, rest);
        } else if (lanes.has(message.recebedorId())) {
            lanes.add(message.recebedorId(), draining(it, message));
        } else {
            drain(it, 0).ifPresent(step -> lanes.add(message.recebedorId(), step));
        }
    }

    static Candidate decode(Delivery delivery) {
        return Candidate.ofMessage(delivery.body(), delivery.headers(), delivery.redelivered());
    }

    /**
     * Its receiver has pedidos in a lane, so this one is parked: whoever ends the one before it sees that. If it is the head, it is a
     * copy of the one in the lane, or its turn has just come: it follows in the lane.
     */
    private void glance(InHand it, Candidate message) throws PublishFailed, InterruptedException {
        var ending = passages.look(turnstile.glance(message), message);
        if (ending.isEmpty()) {
            passInLane(it, message);
        } else if (ending.get().equals(PARKED)) {
            acknowledge(it.delivery(), passages.settle(PARKED, it.shard()));
        } else {
            end(it.delivery(), message, ending.get(), it.shard());
        }
    }

    private void passInLane(InHand it, Candidate message) {
        lanes.add(message.recebedorId(), step(it, Undecoded.of(it.delivery(), message), 0), rules.coalesce(message));
    }

    /**
     * Passes a pedido whose handler waits, and does what follows.
     *
     * @param waiting of the message, or the head that was found behind it
     * @param passed how many turns were taken behind the message before
     */
    private ReceiverLanes.Step step(InHand it, Undecoded waiting, int passed) {
        var dependencies = turnstile.waitsFor(waiting.tipo());
        // Behind a message, that is decoded too.
        long bytes = waiting.bytes()
                + (passed == 0 ? 0 : PedidoMemory.of(it.delivery().body()));
        return new ReceiverLanes.Step(it.shard(), it.delivery(), dependencies, waiting.suspect(), bytes, () -> {
            var candidate = waiting.decoded().get();
            if (passed > 0) {
                return passed(it, waiting, candidate, passed);
            }
            return ahead.take(candidate) ? skipped(it) : passed(it.begun(), waiting, candidate, 0);
        });
    }

    private Optional<ReceiverLanes.Step> passed(InHand it, Undecoded waiting, Candidate candidate, int passed)
            throws PublishFailed, InterruptedException {
        return it.apart() || !it.goesOn(passed) || !rules.coalesces(candidate)
                ? passAlone(it, candidate, passed)
                : passTogether(it, waiting, candidate, passed);
    }

    /** Passes it with those that wait behind it. */
    private Optional<ReceiverLanes.Step> passTogether(InHand it, Undecoded waiting, Candidate candidate, int passed)
            throws PublishFailed, InterruptedException {
        int most = rules.most(candidate);
        return switch (passages.lot(() -> lots.passWithThoseBehind(candidate, most), candidate, it.shard())) {
            case LotResult.Failed failed -> passAlone(it.oneByOne(), candidate, passed);
            case LotResult.NotALot none -> passAlone(it, candidate, passed);
            case LotResult.Finished(var lot) -> {
                boolean parkedBehind = settle(lot, it.shard());
                if (!ahead.addAllBut(candidate, lot) || lot.size() == most) {
                    yield Optional.of(step(it, waiting, passed + 1));
                }
                yield parkedBehind ? drain(it, passed + 1) : acknowledged(it);
            }
        };
    }

    /** Returns whether a pedido behind them is parked. */
    private boolean settle(List<LotResult.Passed> lot, ShardConsumer shard) throws PublishFailed, InterruptedException {
        boolean parkedBehind = false;
        for (var one : lot) {
            parkedBehind |= passages.settle(one.ending(), shard) == Rest.DRAIN;
        }
        return parkedBehind;
    }

    private Optional<ReceiverLanes.Step> passAlone(InHand it, Candidate candidate, int passed)
            throws PublishFailed, InterruptedException {
        var message = passed == 0 ? candidate : it.message();
        var ending = passages.pass(turnstile.waitingHead(candidate, message), candidate, it.shard());
        var rest = passages.settle(ending, it.shard());
        if (rest == Rest.DRAIN) {
            return drain(it, passed);
        }
        acknowledge(it.delivery(), rest);
        return Optional.empty();
    }

    /**
     * Goes on with the receiver's parked pedidos, one transaction each, then acknowledges the delivery.
     *
     * @param passed how many were passed before
     * @return the step for a parked pedido whose handler waits, or for more of them: the delivery is acknowledged after that
     */
    private Optional<ReceiverLanes.Step> drain(InHand it, int passed) throws PublishFailed, InterruptedException {
        var message = it.message();
        for (int i = passed; it.goesOn(i) && !retry.isStopping(); i++) {
            switch (passages.parkedHead(turnstile.parkedHead(message), message)) {
                case ParkedHead.Waits(var head) -> {
                    return Optional.of(step(it, Undecoded.of(head, message), i + 1));
                }
                case ParkedHead.Passed(var ending) when passages.settle(ending, it.shard()) == Rest.DRAIN -> {}
                case ParkedHead.Passed ended -> {
                    return acknowledged(it);
                }
                case ParkedHead.None none -> {
                    return acknowledged(it);
                }
            }
        }
        var ending = passages.look(turnstile.handOn(message), message);
        if (ending.isPresent() && passages.settle(ending.get(), it.shard()) == Rest.DRAIN) {
            return Optional.of(draining(it, message));
        }
        return acknowledged(it);
    }

    private ReceiverLanes.Step draining(InHand it, Candidate message) {
        long bytes = PedidoMemory.of(it.delivery().body());
        return new ReceiverLanes.Step(
                it.shard(), it.delivery(), Set.of(), message.needsBeginMark(), bytes, () -> drain(it.begun(), 0));
    }

    /** The step that finished the pedido also handled the pedidos behind it. */
    private Optional<ReceiverLanes.Step> skipped(InHand it) throws PublishFailed, InterruptedException {
        passages.settle(new Ending.Skipped(Reason.DUPLICATE), it.shard());
        return acknowledged(it);
    }

    private static Optional<ReceiverLanes.Step> acknowledged(InHand it) {
        it.delivery().ack();
        return Optional.empty();
    }

    private static void acknowledge(Delivery delivery, Rest rest) {
        switch (rest) {
            case ACK, DRAIN -> delivery.ack();
            case REJECT -> delivery.reject();
        }
    }
}
