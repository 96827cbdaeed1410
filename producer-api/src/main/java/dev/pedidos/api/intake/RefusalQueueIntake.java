package dev.pedidos.api.intake;

import dev.pedidos.api.acceptance.Outlet;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.broker.Taken;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.accept.RefusedMessages;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes from the queue of what workers refuse and what the broker dead-letters by itself. What is no pedido goes on the
 * record and into the queue of dead letters; a pedido whose message was delivered too often is dead.
 */
public final class RefusalQueueIntake {

    /**
     * How dead letters are dealt with.
     *
     * @param holds whether receivers wait behind a dead letter of a tipo
     * @param signOfLife after which the relay looks at what nobody has gone on with
     * @param openQueue whose messages are no versions of a pedido yet
     */
    public record Policy(Predicate<String> holds, Duration signOfLife, String openQueue) {}

    private static final Logger LOG = LoggerFactory.getLogger(RefusalQueueIntake.class);
    private static final String KILLED = "WORKER_DERRUBADO";
    private static final String REASON = "x-first-death-reason";
    private static final String CAME_FROM = "x-first-death-queue";
    private static final String DELIVERED_TOO_OFTEN = "delivery_limit";
    private static final Failure TOO_OFTEN =
            new Failure("DeliveryLimit", "its message came back from workers too often, and the broker gave it up");
    private static final FieldError UNKNOWN =
            new FieldError("pedido_id", "is not in the ledger: new pedidos go to the queue pedidos_queue");

    private final QueueReader reader;
    private final Database database;
    private final BooleanSupplier ledgerUp;
    private final MessageReader messageReader;
    private final ForeignMessages foreignMessages;
    private final Outlet outlet;
    private final Messages messages;
    private final RefusedMessages record;
    private final RelayLedger marks;
    private final DeadMessages deadMessages;
    private final Policy policy;
    private final IntakeMetrics metrics;

    public RefusalQueueIntake(
            QueueReader reader,
            Database database,
            BooleanSupplier ledgerUp,
            MessageReader messageReader,
            ForeignMessages foreignMessages,
            Outlet outlet,
            Messages messages,
            RelayLedger marks,
            Policy policy,
            IntakeMetrics metrics) {
        this.reader = reader;
        this.database = database;
        this.ledgerUp = ledgerUp;
        this.messageReader = messageReader;
        this.foreignMessages = foreignMessages;
        this.outlet = outlet;
        this.messages = messages;
        this.record = new RefusedMessages(database);
        this.marks = marks;
        this.deadMessages = new DeadMessages(outlet, messages);
        this.policy = policy;
        this.metrics = metrics;
    }

    /** @return whether there may be more at once */
    public boolean step() throws Exception {
        if (!ledgerUp.getAsBoolean() || !reader.isUp()) {
            return false;
        }
        try {
            Optional<Taken> message = reader.takeOne();
            if (message.isPresent()) {
                settle(message.get());
                reader.acknowledge(List.of(message.get()));
            }
            return message.isPresent();
        } catch (Exception e) {
            reader.giveBack();
            throw e;
        }
    }

    private void settle(Taken message) throws Exception {
        if (foreignMessages.own(message)) {
            foreignMessages.setAside(List.of(message));
            return;
        }
        Pedido pedido;
        try {
            pedido = PedidoCodec.readMessage(message.body());
        } catch (InvalidMessage e) {
            refuse(messageReader.invalid(message, e));
            return;
        }
        Optional<Death> death;
        Version version;
        try (Turn turn = Turn.open(database, policy.signOfLife())) {
            Optional<PedidoState> standing = turn.enter(pedido.recebedorId(), pedido.pedidoId());
            if (standing.isEmpty()) {
                turn.close();
                unknown(message, pedido);
                return;
            }
            version = standing.get().version(pedido.pedidoId());
            death = decided(turn, message, pedido, standing.get());
        }
        if (death.isPresent()) {
            publish(pedido, version, death.get(), message);
            wakeFollowers(pedido.recebedorId());
        } else {
            metrics.returnedPassed.increment();
        }
    }

    /** Empty: the ledger does not need this message. */
    private Optional<Death> decided(Turn turn, Taken message, Pedido pedido, PedidoState standing) throws SQLException {
        byte[] hash = PayloadHash.of(pedido);
        if (!Arrays.equals(hash, standing.payloadHash())) {
            turn.conflict(pedido.pedidoId(), hash);
            return Optional.empty();
        }
        var headers = message.headers();
        var claimed = new Version(
                pedido.pedidoId(),
                (int) headers.number(OutboundMessage.CICLO),
                (int) headers.number(OutboundMessage.AGENDAMENTO),
                0);
        boolean current = standing.status().unfinished() && !standing.isPast(claimed);
        boolean tooOften = headers.text(REASON).equals(DELIVERED_TOO_OFTEN)
                && !headers.text(CAME_FROM).equals(policy.openQueue());
        return current && tooOften
                ? turn.deadLetter(
                        standing.version(pedido.pedidoId()),
                        KILLED,
                        TOO_OFTEN,
                        policy.holds().test(pedido.tipo()))
                : Optional.empty();
    }

    /** One that was accepted without the database is kept: it goes back to where the intake finds it. */
    private void unknown(Taken message, Pedido pedido) throws Exception {
        long acceptedMicros = message.headers().number(OutboundMessage.ACEITO_EM);
        if (acceptedMicros > 0 && message.headers().text(CAME_FROM).equals(policy.openQueue())) {
            DeadMessages.await(List.of(outlet.publish(
                    messages.unnoted(content(pedido, new Version(pedido.pedidoId(), 0, 0, 0)), acceptedMicros))));
            metrics.returnedPassed.increment();
        } else {
            refuse(messageReader.invalid(message, "UnknownPedido", List.of(UNKNOWN)));
        }
    }

    private void refuse(Incoming.Refused refused) throws Exception {
        record.record(refused.record());
        deadMessages.publish(List.of(refused));
        metrics.returnedRefused.increment();
    }

    private void publish(Pedido pedido, Version version, Death death, Taken message) throws Exception {
        LOG.atWarn()
                .addKeyValue("pedido_id", pedido.pedidoId())
                .addKeyValue("motivo", KILLED)
                .log("its message was delivered too often: given up, to be found in the dead letters");
        metrics.returnedDead.increment();
        try {
            DeadMessages.await(List.of(outlet.publish(messages.deadLetter(
                    content(pedido, counted(version, death)),
                    death,
                    message.headers().text(CAME_FROM)))));
            marks.mark(List.of(new PublishedMark(version, Status.DEAD_LETTERED)));
        } catch (PublishFailed e) {
            LOG.info("the dead letter is not confirmed: the relay publishes it ({})", e.getMessage());
        }
    }

    private static Version counted(Version version, Death death) {
        return new Version(version.pedidoId(), version.ciclo(), version.agendamento(), death.tentativas());
    }

    /** Whoever finishes a pedido goes on with the one that waits parked behind it; here no worker did. */
    private void wakeFollowers(String recebedorId) throws SQLException {
        Optional<Head> head;
        try (Turn turn = Turn.open(database, policy.signOfLife())) {
            head = turn.enterHead(recebedorId).filter(Head::parked);
        }
        head.ifPresent(one -> {
            var pedido =
                    PedidoCodec.fromRow(one.pedidoId(), one.tipo(), one.recebedorId(), one.origem(), one.payload());
            var unused = outlet.publish(messages.entry(content(pedido, one.version())));
        });
    }

    private static Messages.Content content(Pedido pedido, Version version) {
        return new Messages.Content(
                pedido.pedidoId(),
                pedido.recebedorId(),
                pedido.tipo(),
                version.ciclo(),
                version.agendamento(),
                version.tentativas(),
                PedidoCodec.writeMessage(pedido));
    }
}
