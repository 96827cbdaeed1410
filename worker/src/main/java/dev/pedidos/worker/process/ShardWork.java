package dev.pedidos.worker.process;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.Head;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Settlement;
import java.sql.SQLException;
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

    private final Turnstile turnstile;
    private final Heads heads;
    private final Settlement settlement;
    private final Patience patience;
    private final WorkMetrics metrics;

    ShardWork(Turnstile turnstile, Heads heads, Settlement settlement, Patience patience, WorkMetrics metrics) {
        this.turnstile = turnstile;
        this.heads = heads;
        this.settlement = settlement;
        this.patience = patience;
        this.metrics = metrics;
    }

    /** @throws PublishFailed, DatabaseOutage the delivery is left unacknowledged and comes again */
    public void handle(Delivery delivery, String shard) throws PublishFailed, InterruptedException {
        var claim = decoded(delivery, shard);
        if (claim.isEmpty()) {
            delivery.reject();
            return;
        }
        var ending = metrics.timed(() -> patience.untilDatabaseAnswers(() -> turnstile.pass(claim.get())));
        if (ending instanceof Ending.Unknown) {
            LOG.atError()
                    .addKeyValue("pedido_id", claim.get().version().pedidoId())
                    .addKeyValue("shard", shard)
                    .log("a message has no pedido in the ledger and is refused");
            delivery.reject();
            return;
        }
        settlement.carryOut(ending, shard);
        if (ending.nextMayBeParked()) {
            drain(claim.get().pedido().recebedorId(), shard);
        }
        delivery.ack();
    }

    private Optional<Claim> decoded(Delivery delivery, String shard) {
        try {
            return Optional.of(Claim.ofMessage(
                    delivery.body(),
                    delivery.number(OutboundMessage.CICLO),
                    delivery.number(OutboundMessage.TENTATIVA)));
        } catch (InvalidMessage e) {
            LOG.atError()
                    .addKeyValue("shard", shard)
                    .log("a message cannot be decoded and is refused: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void drain(String recebedorId, String shard) throws PublishFailed, InterruptedException {
        for (int i = 0; i < MOST_IN_A_ROW; i++) {
            var ending = metrics.timedIfAny(
                    () -> patience.untilDatabaseAnswers(() -> turnstile.passParkedHead(recebedorId)));
            if (ending.isEmpty()) {
                return;
            }
            settlement.carryOut(ending.get(), shard);
            if (!ending.get().nextMayBeParked()) {
                return;
            }
        }
        Optional<Head> next = patience.untilDatabaseAnswers(() -> heads.parkedHeadOf(recebedorId));
        if (next.isPresent()) {
            settlement.handOn(next.get());
        }
    }

    /** A step that needs the database. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws SQLException;
    }
}
