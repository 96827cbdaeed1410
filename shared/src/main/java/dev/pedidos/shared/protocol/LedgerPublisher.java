package dev.pedidos.shared.protocol;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what the ledger has recorded about a pedido. Marks it as published after the broker's confirm. */
public final class LedgerPublisher {

    /** Publishes a message and returns after the broker's confirm. */
    @FunctionalInterface
    public interface Confirmed {
        void publish(OutboundMessage message) throws PublishFailed, InterruptedException;
    }

    /** Marks in the ledger what the broker has confirmed. */
    @FunctionalInterface
    public interface Marks {
        int mark(List<PublishedMark> marks) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LedgerPublisher.class);

    private final Confirmed confirmed;
    private final Messages messages;
    private final Marks marks;

    public LedgerPublisher(Confirmed confirmed, Messages messages, Marks marks) {
        this.confirmed = confirmed;
        this.messages = messages;
        this.marks = marks;
    }

    /**
     * To the delay queue that returns it for its next attempt.
     *
     * @param suspect as its {@link Candidate#suspect()}
     */
    public void retry(Pedido pedido, Version next, Duration delay, boolean suspect)
            throws PublishFailed, InterruptedException {
        confirmed.publish(messages.retry(PedidoMessage.of(pedido, next, Suspicion.ownIf(suspect)), delay));
        mark(new PublishedMark(next, PedidoStatus.RETRYING));
    }

    /** @param queue that its last message came from */
    public void deadLetter(Pedido pedido, Version version, Death death, String queue)
            throws PublishFailed, InterruptedException {
        confirmed.publish(messages.deadLetter(PedidoMessage.of(pedido, version), death, queue));
        mark(new PublishedMark(version, PedidoStatus.DEAD_LETTERED));
    }

    /** To a delay queue, unchanged: nothing was decided about it. */
    public void setAside(Candidate candidate, Duration delay) throws PublishFailed, InterruptedException {
        var content = PedidoMessage.of(candidate.pedido(), candidate.version(), candidate.suspicion());
        confirmed.publish(messages.aside(content, delay));
    }

    /** To the shard of its receiver. */
    public void handOn(Head head) throws PublishFailed, InterruptedException {
        confirmed.publish(messages.entry(PedidoMessage.of(head.pedido(), head.version())));
    }

    /** A lost mark costs a second copy, which the relay publishes. */
    private void mark(PublishedMark mark) {
        try {
            marks.mark(List.of(mark));
        } catch (SQLException | RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("pedido_id", mark.version().pedidoId())
                    .log(
                            "the message is published, but the mark is lost: the relay publishes it again ({})",
                            e.toString());
        }
    }
}
