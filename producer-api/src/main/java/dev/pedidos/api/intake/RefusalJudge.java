package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.UnknownLetters;
import dev.pedidos.shared.broker.message.LastDeath;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.Decision;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Judges the messages of {@code pedidos_recusados}. It records deaths and conflicts, and publishes nothing. */
public final class RefusalJudge {

    private static final Failure TOO_OFTEN =
            new Failure("DeliveryLimit", "its message came back from workers too often, and the broker gave it up");
    private static final FieldError UNKNOWN =
            new FieldError("pedido_id", "is not in the ledger: new pedidos go to the queue pedidos_queue");
    /** RabbitMQ's name for it. */
    private static final String DELIVERY_LIMIT = "delivery_limit";
    /** Each is a thousand deliveries. */
    private static final int MOST_DEVOLUCOES = 5;

    private final Turns turns;
    private final MessageReader messageReader;
    private final ForeignMessages foreignMessages;
    private final Function<String, OnDeadLetter> onDeadLetter;
    private final String openQueue;

    /**
     * @param onDeadLetter by tipo
     * @param openQueue the queue whose messages are not in the ledger yet
     */
    public RefusalJudge(
            Turns turns,
            MessageReader messageReader,
            ForeignMessages foreignMessages,
            Function<String, OnDeadLetter> onDeadLetter,
            String openQueue) {
        this.turns = turns;
        this.messageReader = messageReader;
        this.foreignMessages = foreignMessages;
        this.onDeadLetter = onDeadLetter;
        this.openQueue = openQueue;
    }

    RefusalDecision judge(PulledMessage message) throws SQLException {
        if (foreignMessages.isForeign(message)) {
            return new RefusalDecision.Foreign();
        }
        String fault = message.headers().fault();
        if (!fault.isEmpty()) {
            return new RefusalDecision.NoPedido(messageReader.withoutHeaders(message, fault));
        }
        if (LastDeath.of(message.headers()).queue().equals(openQueue) && mayReturn(message)) {
            return new RefusalDecision.BackToOpenQueue();
        }
        Candidate candidate;
        try {
            candidate = Candidate.ofMessage(message.body(), message.headers(), false);
        } catch (InvalidMessage e) {
            return new RefusalDecision.NoPedido(messageReader.invalid(message, e));
        }
        try (Turn turn = turns.open()) {
            Optional<PedidoState> state = turn.enter(candidate.recebedorId(), candidate.pedidoId());
            return state.isPresent()
                    ? judgeUnderLock(turn, message, candidate, state.get())
                    : new RefusalDecision.NoPedido(
                            messageReader.invalid(message, UnknownLetters.UNKNOWN_PEDIDO, List.of(UNKNOWN)));
        }
    }

    /** For a message that cannot be judged or settled, because of what it says. */
    RefusalDecision refusedByDatabase(PulledMessage message, Exception refusal) {
        return new RefusalDecision.NoPedido(messageReader.refusedByDatabase(message, refusal));
    }

    /**
     * Whether the message goes back to the open queue: always if a client was answered 202; otherwise at most
     * {@link #MOST_DEVOLUCOES} times, because it may be what makes the intake fail.
     */
    private static boolean mayReturn(PulledMessage message) {
        return message.headers().number(OutboundMessage.ACEITO_EM) > 0
                || message.headers().number(OutboundMessage.DEVOLUCOES) < MOST_DEVOLUCOES;
    }

    private RefusalDecision judgeUnderLock(Turn turn, PulledMessage message, Candidate candidate, PedidoState state)
            throws SQLException {
        return switch (Decision.on(candidate, state)) {
            case CONFLICT -> recordConflict(turn, candidate);
            case DUPLICATE, STALE -> new RefusalDecision.GoneOn(candidate.recebedorId());
            case RETRY_UNPUBLISHED -> new RefusalDecision.NothingToDo();
            case PROCESS, EARLY, BACK_TOO_SOON, WAITED, PARK ->
                giveUpIfDeliveredTooOften(turn, message, candidate.at(state));
        };
    }

    private static RefusalDecision recordConflict(Turn turn, Candidate candidate) throws SQLException {
        turn.conflict(candidate.pedidoId(), candidate.payloadHash());
        return new RefusalDecision.NothingToDo();
    }

    private RefusalDecision giveUpIfDeliveredTooOften(Turn turn, PulledMessage message, Candidate current)
            throws SQLException {
        if (!LastDeath.of(message.headers()).reason().equals(DELIVERY_LIMIT)) {
            return new RefusalDecision.NothingToDo();
        }
        // Most likely it ended its workers.
        var next = onDeadLetter.apply(current.pedido().tipo());
        Optional<Death> death = turn.deadLetter(current.version(), Death.WORKER_DERRUBADO, TOO_OFTEN, next);
        return death.isPresent() ? new RefusalDecision.Dead(current, death.get()) : new RefusalDecision.NothingToDo();
    }
}
