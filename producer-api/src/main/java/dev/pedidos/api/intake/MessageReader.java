package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.UnknownLetters;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.RefusedMessage;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Draft;
import dev.pedidos.shared.message.FieldError;
import dev.pedidos.shared.message.InvalidFields;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.message.Limits;
import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.message.OperationEvent;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.ReservedTipos;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a message a pedido, by the rules of POST /pedidos, or lists everything that is wrong with it. */
public final class MessageReader {
    static final String INVALID = "MENSAGEM_INVALIDA";
    private static final FieldError NO_CANCELLATION =
            new FieldError("dados", "must be the dados that POST /pedidos/{id}/cancel makes for this pedido_id");
    private static final FieldError RESERVED_ID = new FieldError("pedido_id", ReservedTipos.DEMAND);

    private final Predicate<String> ordered;
    private final LongPredicate plausibleMicros;
    private final String queue;
    private final CallbackHosts callbackHosts;
    private final MessageIds ids = new MessageIds();

    /**
     * @param ordered whether pedidos of a tipo stand in their receiver's line
     * @param plausibleMicros whether a pedido can have been accepted at this time: anybody can set the header
     * @param callbackHosts the hosts that webhooks of new pedidos may be sent to
     */
    public MessageReader(
            Predicate<String> ordered, LongPredicate plausibleMicros, CallbackHosts callbackHosts, String queue) {
        this.ordered = ordered;
        this.plausibleMicros = plausibleMicros;
        this.callbackHosts = callbackHosts;
        this.queue = queue;
    }

    /** @param knownTipo whether a tipo is known */
    Incoming read(PulledMessage message, Predicate<String> knownTipo) {
        String fault = message.headers().fault();
        if (!fault.isEmpty()) {
            return withoutHeaders(message, fault);
        }
        int most = passedEarlierRules(message) ? Limits.LARGEST_MESSAGE_BYTES : Limits.BODY_BYTES;
        if (message.body().length > most) {
            return invalid(message, "TooLarge", List.of(new FieldError("$", "is larger than " + most + " bytes")));
        }
        try {
            return validated(draft(message), message, knownTipo);
        } catch (InvalidMessage e) {
            return invalid(message, e);
        }
    }

    private Draft draft(PulledMessage message) {
        return passedEarlierRules(message)
                ? PedidoCodec.readAccepted(message.body())
                : PedidoCodec.readProduced(message.body(), callbackHosts);
    }

    private Incoming validated(Draft draft, PulledMessage message, Predicate<String> knownTipo) {
        boolean wasAnswered202 = wasAnswered202(message);
        @Nullable String ownId = draft.pedidoId();
        Pedido pedido = draft.withId(ownId != null ? ownId : ids.of(message));
        if (!wasAnswered202 && !knownTipo.test(pedido.tipo())) {
            var fault = new FieldError("tipo", "no worker has registered this tipo");
            var record = record(message, Death.TIPO_DESCONHECIDO, Failure.UNKNOWN_TIPO, List.of(fault));
            return new Incoming.Refused(message, record, pedido.pedidoId());
        }
        requireWhatItsCallMakes(pedido, wasAnswered202);
        if (!wasAnswered202) {
            requireAnIdOfItsOwn(pedido);
        }
        return new Incoming.Valid(
                message,
                withTimeOf(message, NewPedido.of(pedido, ordered.test(pedido.tipo()))),
                PedidoCodec.writeMessage(pedido));
    }

    /**
     * A message of an operation must be what {@code POST /operations} makes of the event in it, and a cancellation what
     * {@code POST /pedidos/{id}/cancel} makes.
     *
     * @param wasAnswered202 an API has looked at the pedido that is to be cancelled
     */
    private static void requireWhatItsCallMakes(Pedido pedido, boolean wasAnswered202) {
        if (pedido.tipo().equals(OperationEvent.TIPO)) {
            OperationReader.of(pedido);
        } else if (pedido.tipo().equals(Cancelamento.TIPO)
                && Cancelamento.of(pedido)
                        .filter(one -> wasAnswered202 || one.canBeAskedFor())
                        .isEmpty()) {
            throw new InvalidFields(List.of(NO_CANCELLATION));
        }
    }

    /** The ids of those calls are theirs. 0.1.0, which had no such calls, could accept others under them. */
    private static void requireAnIdOfItsOwn(Pedido pedido) {
        if (ReservedTipos.takesIdOfAnother(pedido)) {
            throw new InvalidFields(List.of(RESERVED_ID));
        }
    }

    /** Nobody knows its version or its ledger. */
    Incoming.Refused withoutHeaders(PulledMessage message, String fault) {
        return invalid(message, "InvalidHeaders", List.of(new FieldError("$", fault)));
    }

    Incoming.Refused invalid(PulledMessage message, InvalidMessage fault) {
        return switch (fault) {
            case MalformedJson malformed ->
                invalid(message, "MalformedJson", List.of(new FieldError("$", malformed.getMessage())));
            case InvalidFields fields -> invalid(message, "InvalidFields", fields.errors());
        };
    }

    /** @param refusal why the database does not take what the message says */
    Incoming.Refused refusedByDatabase(PulledMessage message, Exception refusal) {
        var fault = new FieldError("$", "the database refuses it: SQLSTATE " + LedgerFault.stateOf(refusal));
        return invalid(message, "Refused", List.of(fault));
    }

    Incoming.Refused invalid(PulledMessage message, String erroClasse, List<FieldError> faults) {
        return new Incoming.Refused(message, record(message, INVALID, erroClasse, faults), ids.of(message));
    }

    private RefusedMessage record(PulledMessage message, String motivo, String erroClasse, List<FieldError> faults) {
        return RefusedMessage.of(message.body(), motivo, erroClasse, faults, queue);
    }

    /**
     * An API answered it 202, or it is a dead letter that an operator moved here. Anybody can set these headers, so it
     * must still satisfy the rules of some version.
     */
    private static boolean passedEarlierRules(PulledMessage message) {
        var headers = message.headers();
        return wasAnswered202(message)
                || headers.text(OutboundMessage.ERRO_CLASSE).equals(UnknownLetters.UNKNOWN_PEDIDO)
                || (headers.has(OutboundMessage.MOTIVO)
                        && !headers.text(OutboundMessage.MOTIVO).equals(INVALID));
    }

    /**
     * Whether an API answered 202 for this pedido while the database was down. Only this message has it, so it is
     * accepted even if the rules have changed.
     */
    private static boolean wasAnswered202(PulledMessage message) {
        return message.headers().number(OutboundMessage.ACEITO_EM) > 0;
    }

    private NewPedido withTimeOf(PulledMessage message, NewPedido pedido) {
        long micros = message.headers().number(OutboundMessage.ACEITO_EM);
        return micros > 0 && plausibleMicros.test(micros) ? pedido.acceptedAt(micros) : pedido;
    }
}
