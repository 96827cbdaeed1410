package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.PulledMessage;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.ledger.turn.ReceiverLockTimeout;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from {@code pedidos_recusados}: workers refused them, or the broker dead-lettered them by itself. A message
 * that is not a pedido is recorded and goes to the dead letters. A pedido whose message was delivered too often is given up.
 */
public final class RefusalQueueIntake {
    private static final RepeatedFaultLog FAULTS =
            new RepeatedFaultLog(LoggerFactory.getLogger(RefusalQueueIntake.class));

    private final QueueReader reader;
    private final BooleanSupplier ledgerUp;
    private final RefusalJudge judge;
    private final RefusalSettlement settlement;

    public RefusalQueueIntake(
            QueueReader reader, BooleanSupplier ledgerUp, RefusalJudge judge, RefusalSettlement settlement) {
        this.reader = reader;
        this.ledgerUp = ledgerUp;
        this.judge = judge;
        this.settlement = settlement;
    }

    /** @return whether there may be more at once */
    public boolean step() throws Exception {
        if (!ledgerUp.getAsBoolean() || !reader.isUp()) {
            return false;
        }
        try {
            Optional<PulledMessage> message = reader.takeOne();
            if (message.isEmpty()) {
                return false;
            }
            boolean settled = isSettled(message.get());
            reader.acknowledge(List.of(message.get()));
            return settled;
        } catch (Exception e) {
            reader.giveBack();
            throw e;
        }
    }

    /** False if it cannot be settled now: it is at the end of its queue, and the messages behind it do not wait. */
    private boolean isSettled(PulledMessage message) throws Exception {
        try {
            settlement.settle(message, judge.judge(message));
            return true;
        } catch (ReceiverLockTimeout | PublishFailed e) {
            FAULTS.warn(
                    "a message cannot be settled now: it goes to the end of pedidos_recusados and is tried again",
                    String.valueOf(e.getMessage()));
            settlement.putBack(message);
            return false;
        }
    }
}
