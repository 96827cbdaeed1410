package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.broker.message.LastDeath;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import dev.pedidos.shared.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from {@code pedidos_recusados}: workers refused them, or the broker dead-lettered them by itself. A message
 * that is not a pedido is recorded and goes to the dead letters. A message that was
 * delivered too often goes back to its queue some times. Then its pedido is given up.
 */
public final class RefusalQueueIntake {
    private static final RepeatedFaultLog FAULTS =
            new RepeatedFaultLog(LoggerFactory.getLogger(RefusalQueueIntake.class));

    /** RabbitMQ's names for message-ttl, and for max-length with drop-head. */
    private static final Set<String> BY_POLICY = Set.of("expired", "maxlen");

    private final QueueReader reader;
    private final Topology names;
    private final BooleanSupplier ledgerUp;
    private final RefusalJudge judge;
    private final RefusalSettlement settlement;
    private final ReturnedPedidos returned;

    public RefusalQueueIntake(
            QueueReader reader,
            Topology names,
            BooleanSupplier ledgerUp,
            RefusalJudge judge,
            RefusalSettlement settlement,
            ReturnedPedidos returned) {
        this.reader = reader;
        this.names = names;
        this.ledgerUp = ledgerUp;
        this.judge = judge;
        this.settlement = settlement;
        this.returned = returned;
    }

    /** @return whether there may be more at once */
    public boolean step() throws Exception {
        if (!ledgerUp.getAsBoolean() || !reader.isUp()) {
            return false;
        }
        try {
            Optional<PulledMessage> message = reader.takeOne();
            if (message.isEmpty()) {
                returned.seenEmpty();
                return false;
            }
            sayIfTheBrokerTookItOut(LastDeath.of(message.get().headers()));
            boolean settled = isSettled(message.get());
            reader.acknowledge(List.of(message.get()));
            return settled;
        } catch (Exception e) {
            reader.giveBack();
            throw e;
        }
    }

    /**
     * Neither the shards nor the open queue have a length or a time of ours. Anybody who may publish can write these headers: they
     * are one fault, and no text of theirs is logged.
     */
    private void sayIfTheBrokerTookItOut(LastDeath death) {
        if (BY_POLICY.contains(death.reason()) && names.isEntryOfPedidos(death.queue())) {
            FAULTS.error(
                    "a policy of the broker takes messages out of the queues of Pedidos, and what it takes out of"
                            + " pedidos_recusados and pedidos_dlq is lost: delete it",
                    "a policy",
                    death.queue() + ": " + death.reason());
        }
    }

    /** False if it cannot be settled now: it is at the end of its queue, and the messages behind it do not wait. */
    private boolean isSettled(PulledMessage message) throws Exception {
        try {
            settle(message);
            return true;
        } catch (ReceiverLockTimeout | PublishFailed e) {
            FAULTS.warn(
                    "a message cannot be settled now: it goes to the end of pedidos_recusados and is tried again",
                    String.valueOf(e.getMessage()));
            settlement.putBack(message);
            return false;
        }
    }

    /** A message that the database refuses would stop its queue for good. */
    private void settle(PulledMessage message) throws Exception {
        try {
            var decision = judge.judge(message);
            if (decision instanceof RefusalDecision.BackToOpenQueue) {
                returned.seen();
            }
            settlement.settle(message, decision);
        } catch (Exception e) {
            if (!LedgerFault.isRefusal(e)) {
                throw e;
            }
            settlement.settle(message, judge.refusedByDatabase(message, e));
        }
    }
}
