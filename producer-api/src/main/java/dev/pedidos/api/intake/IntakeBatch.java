package dev.pedidos.api.intake;

import dev.pedidos.api.intake.MessageDiversion.Diversion;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Handles messages that were taken from the open queue: pedidos go into the ledger first, then to the broker. */
public final class IntakeBatch {
    private record Sorted(List<Incoming.Valid> valid, List<Incoming.Refused> refused, List<PulledMessage> foreign) {}

    private final QueueTipos tipos;
    private final MessageReader messageReader;
    private final ForeignMessages foreignMessages;
    private final PoisonMessages poisonMessages;
    private final MessageDiversion messageDiversion;
    private final IntakeSettlement settlement;
    private final IntakeMetrics metrics;
    private final QueueOrder order = new QueueOrder();

    public IntakeBatch(
            QueueTipos tipos,
            MessageReader messageReader,
            ForeignMessages foreignMessages,
            PoisonMessages poisonMessages,
            MessageDiversion messageDiversion,
            IntakeSettlement settlement,
            IntakeMetrics metrics) {
        this.tipos = tipos;
        this.messageReader = messageReader;
        this.foreignMessages = foreignMessages;
        this.poisonMessages = poisonMessages;
        this.messageDiversion = messageDiversion;
        this.settlement = settlement;
        this.metrics = metrics;
    }

    /**
     * When it returns, the messages can be acknowledged. When it throws, they must be redelivered: pedidos that were committed
     * by then are found to be known.
     *
     * @return how many are in the open queue again: the queue for them takes none
     */
    int takeIn(IntakeTransaction transaction, List<PulledMessage> taken) throws Exception {
        Sorted sorted = sorted(transaction, taken);
        List<IntakeSettlement.Entered> entered = insert(transaction, inOrder(transaction, sorted.valid()));
        transaction.keepEarlierPlaces(entered.stream()
                .filter(one -> one.found() instanceof Inserted.Replay)
                .map(one -> one.incoming().row())
                .toList());
        for (Incoming.Refused one : sorted.refused()) {
            transaction.record(one.record());
        }
        transaction.commit();
        order.committed();
        settlement.settle(entered);
        return messageDiversion.publish(Stream.concat(
                        sorted.foreign().stream().map(foreignMessages::aside),
                        sorted.refused().stream().map(this::dead))
                .toList());
    }

    private Sorted sorted(IntakeTransaction transaction, List<PulledMessage> taken) {
        Sorted sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Predicate<String> knownTipo = tipos.ofMessagesInHand(transaction::registeredTipos);
        for (PulledMessage message : taken) {
            if (foreignMessages.isForeign(message)) {
                sorted.foreign().add(message);
                continue;
            }
            switch (messageReader.read(message, knownTipo)) {
                case Incoming.Valid one -> sorted.valid().add(one);
                case Incoming.Refused one -> sorted.refused().add(one);
            }
        }
        return sorted;
    }

    private Diversion dead(Incoming.Refused refused) {
        return new Diversion(refused.message(), poisonMessages.letter(refused), () -> {
            poisonMessages.logRefused(refused);
            metrics.refused();
        });
    }

    private List<Incoming.Valid> inOrder(IntakeTransaction transaction, List<Incoming.Valid> valid)
            throws SQLException {
        Set<String> recebedores = valid.stream()
                .map(Incoming.Valid::row)
                .filter(NewPedido::keptByBroker)
                .map(NewPedido::recebedorId)
                .collect(Collectors.toSet());
        return order.placed(valid, recebedores.isEmpty() ? Map.of() : transaction.lastPlaces(recebedores));
    }

    /** @return how many are in the open queue again */
    int refuse(PulledMessage message, Exception refusal) throws SQLException, PublishFailed, InterruptedException {
        Incoming.Refused refused = messageReader.refusedByDatabase(message, refusal);
        poisonMessages.record(refused);
        return messageDiversion.publish(List.of(dead(refused)));
    }

    private static List<IntakeSettlement.Entered> insert(IntakeTransaction transaction, List<Incoming.Valid> valid)
            throws SQLException {
        List<IntakeSettlement.Entered> entered = new ArrayList<>(valid.size());
        for (List<Incoming.Valid> one : QueueOrder.statements(valid)) {
            List<Inserted> found =
                    transaction.insert(one.stream().map(Incoming.Valid::row).toList());
            for (int i = 0; i < one.size(); i++) {
                entered.add(new IntakeSettlement.Entered(one.get(i), found.get(i)));
            }
        }
        return entered;
    }
}
