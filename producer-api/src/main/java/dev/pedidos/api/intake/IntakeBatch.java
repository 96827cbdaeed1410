package dev.pedidos.api.intake;

import dev.pedidos.api.intake.MessageDiversion.Diversion;
import dev.pedidos.api.publishing.Publishing;
import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.IntakeTransaction;
import dev.pedidos.shared.ledger.accept.NewPedido;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles messages that were taken from the open queue: pedidos go into the ledger first, then to the broker. */
public final class IntakeBatch {
    /** Sends a dead letter back to work if it is dead in that ciclo: once, however many copies there are. */
    @FunctionalInterface
    public interface Redrive {
        boolean redrive(String pedidoId, int ciclo, String por);
    }

    private record Sorted(List<Incoming.Valid> valid, List<Incoming.Refused> refused, List<PulledMessage> foreign) {}

    private record Entered(Incoming.Valid incoming, Inserted found) {}

    private static final Logger LOG = LoggerFactory.getLogger(IntakeBatch.class);
    /** The message does not say who moved it there. */
    private static final String MOVED_BY = "management-ui";

    private final QueueTipos tipos;
    private final MessageReader messageReader;
    private final ForeignMessages foreignMessages;
    private final PoisonMessages poisonMessages;
    private final MessageDiversion messageDiversion;
    private final Publishing publishing;
    private final Redrive redrive;
    private final IntakeMetrics metrics;
    private final QueueOrder order = new QueueOrder();
    private List<CompletableFuture<Void>> unconfirmed = List.of();

    public IntakeBatch(
            QueueTipos tipos,
            MessageReader messageReader,
            ForeignMessages foreignMessages,
            PoisonMessages poisonMessages,
            MessageDiversion messageDiversion,
            Publishing publishing,
            Redrive redrive,
            IntakeMetrics metrics) {
        this.tipos = tipos;
        this.messageReader = messageReader;
        this.foreignMessages = foreignMessages;
        this.poisonMessages = poisonMessages;
        this.messageDiversion = messageDiversion;
        this.publishing = publishing;
        this.redrive = redrive;
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
        List<Entered> entered = insert(transaction, inOrder(transaction, sorted.valid()));
        transaction.keepEarlierPlaces(entered.stream()
                .filter(one -> one.found() instanceof Inserted.Replay)
                .map(one -> one.incoming().row())
                .toList());
        for (Incoming.Refused one : sorted.refused()) {
            transaction.record(one.record());
        }
        transaction.commit();
        order.committed();
        settle(entered);
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

    private static List<Entered> insert(IntakeTransaction transaction, List<Incoming.Valid> valid) throws SQLException {
        List<Entered> entered = new ArrayList<>(valid.size());
        for (List<Incoming.Valid> one : QueueOrder.statements(valid)) {
            List<Inserted> found =
                    transaction.insert(one.stream().map(Incoming.Valid::row).toList());
            for (int i = 0; i < one.size(); i++) {
                entered.add(new Entered(one.get(i), found.get(i)));
            }
        }
        return entered;
    }

    private void settle(List<Entered> entered) throws InterruptedException {
        List<CompletableFuture<Void>> confirms = new ArrayList<>(entered.size());
        for (Entered one : entered) {
            switch (one.found()) {
                case Inserted.New() -> {
                    confirms.add(publishing.publishAndConfirm(one.incoming().content()));
                    metrics.noted();
                }
                case Inserted.Replay known -> knownAlready(one.incoming());
                case Inserted.Conflict() -> {
                    LOG.atWarn()
                            .addKeyValue("pedido_id", one.incoming().row().pedidoId())
                            .log("a message has other content than the pedido of its id; the conflict is recorded, and"
                                    + " the message is not accepted");
                    metrics.conflict();
                }
            }
        }
        awaitBatchBefore();
        unconfirmed = confirms;
    }

    /** While the broker writes one batch the next one is inserted; never more than two are under way. */
    private void awaitBatchBefore() throws InterruptedException {
        try {
            ConfirmWait.all(unconfirmed, PoisonMessages.CONFIRM_WAIT);
        } catch (PublishFailed e) {
            LOG.info(
                    "pedidos were inserted from pedidos_queue and are not confirmed; the relay publishes them ({})",
                    e.getMessage());
        }
    }

    private void knownAlready(Incoming.Valid incoming) {
        boolean redriven = incoming.message().headers().has(OutboundMessage.MOTIVO) && redriven(incoming);
        if (redriven) {
            metrics.redriven();
        } else {
            metrics.known();
        }
    }

    /** A copy of a dead letter that somebody moved here asks for a redrive; the relay publishes the pedido. */
    private boolean redriven(Incoming.Valid letter) {
        String pedidoId = letter.row().pedidoId();
        int ciclo = (int) letter.message().headers().number(OutboundMessage.CICLO);
        boolean redriven = redrive.redrive(pedidoId, ciclo, MOVED_BY);
        if (!redriven) {
            LOG.atInfo()
                    .addKeyValue("pedido_id", pedidoId)
                    .addKeyValue("ciclo", ciclo)
                    .log("a dead letter in pedidos_queue is not redriven: its pedido is not dead in that ciclo");
        }
        return redriven;
    }
}
