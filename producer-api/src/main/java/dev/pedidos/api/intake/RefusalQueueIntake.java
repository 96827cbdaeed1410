package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.LastDeath;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.Outlet;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.QueueReader;
import dev.pedidos.shared.broker.Taken;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.accept.RefusedMessages;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.SqlTurns;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import dev.pedidos.shared.protocol.LedgerPublisher;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from {@code pedidos_recusados}: workers refused them, or the broker dead-lettered them by itself. A message
 * that is not a pedido is recorded and goes to the dead letters. A pedido whose message was delivered too often is given up.
 */
public final class RefusalQueueIntake {

    /**
     * How dead letters are treated.
     *
     * @param holds whether receivers wait behind a dead letter of a tipo
     * @param signOfLife the relay looks at a pedido after this time without news
     * @param openQueue the queue whose messages are not in the ledger yet
     */
    public record Policy(Predicate<String> holds, Duration signOfLife, String openQueue) {}

    private static final Logger LOG = LoggerFactory.getLogger(RefusalQueueIntake.class);
    private static final String KILLED = "WORKER_DERRUBADO";
    private static final String DELIVERED_TOO_OFTEN = "delivery_limit";
    /** Each is a thousand deliveries. */
    private static final int MOST_DEVOLUCOES = 5;

    private static final Failure TOO_OFTEN =
            new Failure("DeliveryLimit", "its message came back from workers too often, and the broker gave it up");
    private static final FieldError UNKNOWN =
            new FieldError("pedido_id", "is not in the ledger: new pedidos go to the queue pedidos_queue");

    private final QueueReader reader;
    private final Turns turns;
    private final BooleanSupplier ledgerUp;
    private final MessageReader messageReader;
    private final ForeignMessages foreignMessages;
    private final Outlet outlet;
    private final Messages messages;
    private final RefusedMessages record;
    private final LedgerPublisher publisher;
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
        this.turns = new SqlTurns(database, policy.signOfLife());
        this.ledgerUp = ledgerUp;
        this.messageReader = messageReader;
        this.foreignMessages = foreignMessages;
        this.outlet = outlet;
        this.messages = messages;
        this.record = new RefusedMessages(database);
        this.publisher = new LedgerPublisher(this::publish, messages, marks::mark);
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
        if (foreignMessages.isForeign(message)) {
            foreignMessages.setAside(List.of(message));
            return;
        }
        if (cameFrom(message).equals(policy.openQueue()) && isKept(message)) {
            // The intake gave it back too often, for example because the ledger took nothing in for an hour.
            publish(messages.backToOpenQueue(message));
            metrics.returnedPassed.increment();
            return;
        }
        Candidate candidate;
        try {
            candidate = Candidate.ofMessage(message.body(), message.headers(), false);
        } catch (InvalidMessage e) {
            refuse(messageReader.invalid(message, e));
            return;
        }
        Optional<Death> death;
        try (Turn turn = turns.open()) {
            Optional<PedidoState> state = turn.enter(candidate.recebedorId(), candidate.pedidoId());
            if (state.isEmpty()) {
                turn.close();
                refuse(messageReader.invalid(message, "UnknownPedido", List.of(UNKNOWN)));
                return;
            }
            var current = candidate.at(state.get().version(candidate.pedidoId()));
            death = switch (Decision.on(candidate, state.get())) {
                case CONFLICT -> {
                    turn.conflict(candidate.pedidoId(), candidate.payloadHash());
                    yield Optional.empty();
                }
                case DUPLICATE, STALE, RETRY_UNPUBLISHED -> Optional.empty();
                case PROCESS, EARLY, WAITED, PARK -> deadIfDeliveredTooOften(turn, message, current);
            };
            candidate = current;
        }
        if (death.isPresent()) {
            publish(candidate, death.get(), message);
            handOnTheNextOf(candidate.recebedorId());
        } else {
            metrics.returnedPassed.increment();
        }
    }

    private Optional<Death> deadIfDeliveredTooOften(Turn turn, Taken message, Candidate current) throws SQLException {
        return LastDeath.of(message.headers()).reason().equals(DELIVERED_TOO_OFTEN)
                ? turn.deadLetter(
                        current.version(),
                        KILLED,
                        TOO_OFTEN,
                        policy.holds().test(current.pedido().tipo()))
                : Optional.empty();
    }

    private void publish(OutboundMessage message) throws PublishFailed, InterruptedException {
        ConfirmWait.one(outlet.publish(message), DeadMessages.CONFIRM_WAIT);
    }

    private static String cameFrom(Taken message) {
        return LastDeath.of(message.headers()).queue();
    }

    /** One that a client was told is accepted, always. Another one may be what makes the intake fail: a few times. */
    private static boolean isKept(Taken message) {
        return message.headers().number(OutboundMessage.ACEITO_EM) > 0
                || message.headers().number(OutboundMessage.DEVOLUCOES) < MOST_DEVOLUCOES;
    }

    private void refuse(Incoming.Refused refused) throws Exception {
        record.record(refused.record());
        deadMessages.publish(List.of(refused));
        metrics.returnedRefused.increment();
    }

    private void publish(Candidate candidate, Death death, Taken message) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .addKeyValue("motivo", KILLED)
                .log("its message was delivered too often: the pedido is given up and goes to the dead letters");
        metrics.returnedDead.increment();
        try {
            publisher.deadLetter(
                    candidate.pedido(), candidate.version().counted(death.tentativas()), death, cameFrom(message));
        } catch (PublishFailed e) {
            LOG.info("the broker did not confirm the dead letter: the relay publishes it ({})", e.getMessage());
        }
    }

    /** A worker that ends a pedido goes on with the parked one behind it. Here no worker did. */
    private void handOnTheNextOf(String recebedorId) throws SQLException, InterruptedException {
        var head = turns.parkedHeadOf(recebedorId);
        if (head.isPresent()) {
            try {
                publisher.handOn(head.get());
            } catch (PublishFailed e) {
                LOG.info("the broker did not confirm a parked pedido: the relay publishes it ({})", e.getMessage());
            }
        }
    }
}
