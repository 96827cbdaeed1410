package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.FaultLog;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.outage.Undecided;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.Candidate;
import dev.pedidos.worker.turn.Turns;
import dev.pedidos.worker.turn.Turnstile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one delivery, from the shard to its acknowledgement: decode, the receiver's turn, settle, go on with what
 * waits parked behind it, ACK. Whatever interrupts it leaves the delivery unacknowledged, and the ledger tells the next
 * one how far it came.
 */
public final class ShardWork {

    private static final Logger LOG = LoggerFactory.getLogger(ShardWork.class);

    /** Pedidos of one receiver in a row, before the other receivers of the shard have their turn. */
    private static final int MOST_IN_A_ROW = 100;

    private final FaultLog faults = new FaultLog(LOG);
    private final Turnstile turnstile;
    private final Turns turns;
    private final Settlement settlement;
    private final DatabaseRetry patience;
    private final WorkMetrics metrics;
    private final Map<String, String> inHand;
    private final Duration aside;

    /**
     * @param inHand told what is worked on, by shard
     * @param aside how long what cannot be decided now is set aside
     */
    ShardWork(
            Turnstile turnstile,
            Turns turns,
            Settlement settlement,
            DatabaseRetry patience,
            WorkMetrics metrics,
            Map<String, String> inHand,
            Duration aside) {
        this.turnstile = turnstile;
        this.turns = turns;
        this.settlement = settlement;
        this.patience = patience;
        this.metrics = metrics;
        this.inHand = inHand;
        this.aside = aside;
    }

    /**
     * @throws PublishFailed the delivery is left unacknowledged and comes again
     * @throws dev.pedidos.shared.broker.DeliveryPaused likewise, when the database is back
     */
    public void handle(Delivery delivery, String shard) throws PublishFailed, InterruptedException {
        var decoded = decoded(delivery, shard);
        if (decoded.isEmpty()) {
            delivery.reject();
            return;
        }
        var claim = decoded.get();
        inHand.put(shard, claim.pedidoId());
        try {
            handle(delivery, claim, shard);
        } finally {
            inHand.remove(shard);
        }
    }

    private void handle(Delivery delivery, Candidate claim, String shard) throws PublishFailed, InterruptedException {
        boolean suspect = delivery.redelivered();
        boolean marked = suspect || claim.version().tentativas() > 0;
        var ending = metrics.timed(() -> passed(claim, suspect, marked));
        if (ending instanceof Ending.Unknown) {
            LOG.atError()
                    .addKeyValue("pedido_id", claim.pedidoId())
                    .addKeyValue("shard", shard)
                    .log("a message has no pedido in the ledger and is refused");
            delivery.reject();
            return;
        }
        settlement.carryOut(ending, shard);
        if (ending instanceof Ending.NotNow || (ending.nextMayBeParked() && !drain(claim, suspect, shard))) {
            settlement.setAside(claim.pedido(), claim.version(), aside);
        }
        delivery.ack();
    }

    private Optional<Candidate> decoded(Delivery delivery, String shard) {
        try {
            return Optional.of(Candidate.ofMessage(
                    delivery.body(),
                    delivery.number(OutboundMessage.CICLO),
                    delivery.number(OutboundMessage.AGENDAMENTO),
                    delivery.number(OutboundMessage.TENTATIVA),
                    delivery.waited()));
        } catch (InvalidMessage e) {
            LOG.atError()
                    .addKeyValue("shard", shard)
                    .log("a message cannot be decoded and is refused: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** @return false where somebody else holds the turn: it has to be looked at again later */
    private boolean drain(Candidate claim, boolean suspect, String shard) throws PublishFailed, InterruptedException {
        String recebedorId = claim.pedido().recebedorId();
        for (int i = 0; i < MOST_IN_A_ROW && !patience.isStopping(); i++) {
            var next = metrics.timedIfAny(() -> passedHead(recebedorId, suspect));
            if (next.isEmpty()) {
                return true;
            }
            var ending = next.get();
            settlement.carryOut(ending, shard);
            if (ending instanceof Ending.NotNow) {
                return false;
            }
            if (!ending.nextMayBeParked()) {
                return true;
            }
        }
        Optional<Head> head = patience.untilDatabaseAnswers(suspect, () -> turns.parkedHeadOf(recebedorId));
        if (head.isPresent()) {
            settlement.handOn(head.get());
        }
        return true;
    }

    private Ending passed(Candidate claim, boolean suspect, boolean marked) {
        try {
            return patience.untilDatabaseAnswers(marked, () -> turnstile.pass(claim, suspect));
        } catch (Undecided e) {
            return notNow(e);
        }
    }

    private Optional<Ending> passedHead(String recebedorId, boolean suspect) {
        try {
            return patience.untilDatabaseAnswers(suspect, () -> turnstile.passParkedHead(recebedorId, suspect));
        } catch (Undecided e) {
            return Optional.of(notNow(e));
        }
    }

    private Ending notNow(Undecided e) {
        faults.warn("the database refuses what a pedido needs; it is set aside and tried again, no attempt is used", e);
        return new Ending.NotNow();
    }
}
