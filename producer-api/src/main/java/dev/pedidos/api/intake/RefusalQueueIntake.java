package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.PulledMessage;
import dev.pedidos.shared.broker.QueueReader;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Takes messages from {@code pedidos_recusados}: workers refused them, or the broker dead-lettered them by itself. A message
 * that is not a pedido is recorded and goes to the dead letters. A pedido whose message was delivered too often is given up.
 */
public final class RefusalQueueIntake {
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
            if (message.isPresent()) {
                settlement.settle(message.get(), judge.judge(message.get()));
                reader.acknowledge(List.of(message.get()));
            }
            return message.isPresent();
        } catch (Exception e) {
            reader.giveBack();
            throw e;
        }
    }
}
