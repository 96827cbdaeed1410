package dev.pedidos.shared.protocol;

import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.LastDeath;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A pedido that may be due: a message or its place at the head of its line says so. The ledger decides.
 *
 * @param version the scheduling that the message belongs to
 * @param waited a delay queue was to keep the message for so long, and gave it back; zero if the pedido is parked, because it was due
 *     when it was parked. Empty: nothing says that its delay is over
 * @param suspicion as its message says, or OWN if its row carries a begin mark, which is committed before a suspect pedido is
 *     tried
 * @param damage why its content in the ledger cannot be read: the pedido has none. Empty if it has its content
 */
@SuppressWarnings("ArrayRecordComponent")
public record Candidate(
        Pedido pedido,
        byte[] payloadHash,
        Version version,
        Optional<Duration> waited,
        Suspicion suspicion,
        Optional<String> damage) {

    public Candidate(
            Pedido pedido, byte[] payloadHash, Version version, Optional<Duration> waited, Suspicion suspicion) {
        this(pedido, payloadHash, version, waited, suspicion, Optional.empty());
    }

    /**
     * @param redelivered an earlier delivery of the message was not acknowledged
     * @throws dev.pedidos.shared.message.InvalidMessage the body is not a pedido
     */
    public static Candidate ofMessage(byte[] body, Headers headers, boolean redelivered) {
        var pedido = PedidoCodec.readMessage(body);
        var version = headers.version(pedido.pedidoId());
        var waited = Optional.of(Duration.ofMillis(headers.number(OutboundMessage.ESPERA_MS)))
                .filter(delay -> delay.isPositive()
                        && headers.text(LastDeath.FIRST_REASON).equals("expired"));
        var suspicion = redelivered ? Suspicion.WITH_FOLLOWERS : headers.suspicion();
        return new Candidate(pedido, PayloadHash.of(pedido), version, waited, suspicion);
    }

    public static Candidate ofHead(Head head) {
        var suspicion = Suspicion.ownIf(head.begun());
        var waited = head.parked() ? Optional.of(Duration.ZERO) : Optional.<Duration>empty();
        try {
            return new Candidate(head.pedido(), head.payloadHash(), head.version(), waited, suspicion);
        } catch (InvalidMessage e) {
            var named = new Pedido(head.pedidoId(), head.tipo(), head.recebedorId(), head.origem(), List.of(), null);
            var damage = Optional.of(e.getMessage());
            return new Candidate(named, head.payloadHash(), head.version(), waited, suspicion, damage);
        }
    }

    /** The same pedido, suspect if it was or if the delivery that found it says so. */
    public Candidate suspectIf(boolean finderSaysSo) {
        return new Candidate(pedido, payloadHash, version, waited, suspicionIf(finderSaysSo), damage);
    }

    /** The same pedido with the numbers of its row, which is the authority. */
    public Candidate at(PedidoState row) {
        return new Candidate(
                pedido,
                payloadHash,
                row.version(pedidoId()),
                waited,
                suspicionIf(row.begun().isPresent()),
                damage);
    }

    private Suspicion suspicionIf(boolean alsoSuspect) {
        return suspect() ? suspicion : Suspicion.ownIf(alsoSuspect);
    }

    /** The same pedido, as if its delay had not passed: if it is not due, it waits again. */
    public Candidate asEarly() {
        return new Candidate(pedido, payloadHash, version, Optional.empty(), suspicion, damage);
    }

    /** Whether it may have ended a worker. */
    public boolean suspect() {
        return suspicion != Suspicion.NONE;
    }

    /** The same of the pedidos that its delivery finds behind it in the line of its receiver. */
    public boolean followersSuspect() {
        return suspicion == Suspicion.WITH_FOLLOWERS;
    }

    /** Whether it may take effect in one transaction with others: one that has failed before is likely to fail them all. */
    public boolean mayShare() {
        return !suspect() && version.tentativas() == 0;
    }

    public String pedidoId() {
        return version.pedidoId();
    }

    public String recebedorId() {
        return pedido.recebedorId();
    }
}
