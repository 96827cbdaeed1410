package dev.pedidos.worker.settle;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.text.RootLocale;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries an ending to the broker and waits for its confirm: only then may the delivery be acknowledged. */
public final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final int CONFIRM_SECONDS = 10;
    private static final Duration ALARM_PAUSE = Duration.ofMillis(500);

    private final ConfirmedPublisher publisher;
    private final Messages messages;
    private final RelayLedger marks;
    private final CountDownLatch stopping = new CountDownLatch(1);

    public Settlement(ConfirmedPublisher publisher, Messages messages, RelayLedger marks) {
        this.publisher = publisher;
        this.messages = messages;
        this.marks = marks;
    }

    /**
     * @param shard the queue that the delivery came from
     * @throws PublishFailed the broker does not confirm: leave the delivery unacknowledged, the ledger knows how it ended
     */
    public void carryOut(Ending ending, String shard) throws PublishFailed, InterruptedException {
        switch (ending) {
            case Ending.Retrying retrying -> {
                publish(messages.retry(content(retrying.pedido(), retrying.next()), retrying.delay()));
                mark(new PublishedMark(retrying.next(), Status.RETRYING));
            }
            case Ending.Dead dead -> {
                publish(messages.deadLetter(content(dead.pedido(), dead.version()), dead.death(), shard));
                mark(new PublishedMark(dead.version(), Status.DEAD_LETTERED));
            }
            case Ending.Finished finished -> {}
            case Ending.Passed passed -> {}
            case Ending.Unknown unknown -> {}
            case Ending.NotNow notNow -> {}
        }
    }

    /** Puts a message aside as it is; it comes back after the delay. */
    public void setAside(Pedido pedido, Version version, Duration delay) throws PublishFailed, InterruptedException {
        publish(messages.aside(content(pedido, version), delay));
    }

    /** Hands a receiver's parked head to whoever gets the message, so that a busy receiver does not hold up its shard. */
    public void handOn(Head head) throws PublishFailed, InterruptedException {
        var pedido =
                PedidoCodec.fromRow(head.pedidoId(), head.tipo(), head.recebedorId(), head.origem(), head.payload());
        publish(messages.entry(content(pedido, head.version())));
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

    /** Waits no longer for a broker that takes nothing. */
    public void announceStop() {
        stopping.countDown();
    }

    /** Holds the delivery during an alarm: given back it would come again at once, and so would all behind it. */
    private void publish(OutboundMessage message) throws PublishFailed, InterruptedException {
        boolean held = false;
        while (true) {
            try {
                publishOnce(message);
                return;
            } catch (PublishFailed e) {
                if (!publisher.isBlocked()) {
                    throw e;
                }
                if (!held) {
                    LOG.atWarn()
                            .addKeyValue("pedido_id", message.messageId())
                            .log(
                                    "the broker takes nothing because of an alarm: its delivery is held until that is over");
                    held = true;
                }
                if (stopping.await(ALARM_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new DeliveryPaused(e);
                }
            }
        }
    }

    private void publishOnce(OutboundMessage message) throws PublishFailed, InterruptedException {
        try {
            publisher.publish(message).get(CONFIRM_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new PublishFailed(RootLocale.format(
                    "the broker did not confirm a message for the exchange %s within %d s",
                    message.exchange(), CONFIRM_SECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PublishFailed failed ? failed : new PublishFailed(e.toString());
        }
    }

    /** A mark that gets lost costs a second copy, published by the relay. */
    private void mark(PublishedMark mark) {
        try {
            marks.mark(List.of(mark));
        } catch (SQLException | RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("pedido_id", mark.version().pedidoId())
                    .log("published but not marked so: the relay publishes it a second time ({})", e.toString());
        }
    }
}
