package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.LastDeath;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.protocol.LedgerPublisher;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the decision about a message of {@code pedidos_recusados}. When it returns, the message can be acknowledged. */
public final class RefusalSettlement {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalSettlement.class);

    private final Turns turns;
    private final PoisonMessages poisonMessages;
    private final ForeignMessages foreignMessages;
    private final MessagePublisher messagePublisher;
    private final Messages messages;
    private final LedgerPublisher publisher;
    private final IntakeMetrics metrics;

    public RefusalSettlement(
            Turns turns,
            PoisonMessages poisonMessages,
            ForeignMessages foreignMessages,
            MessagePublisher messagePublisher,
            Messages messages,
            LedgerPublisher.Marks marks,
            IntakeMetrics metrics) {
        this.turns = turns;
        this.poisonMessages = poisonMessages;
        this.foreignMessages = foreignMessages;
        this.messagePublisher = messagePublisher;
        this.messages = messages;
        this.publisher = new LedgerPublisher(this::publish, messages, marks);
        this.metrics = metrics;
    }

    void settle(PulledMessage message, RefusalDecision decision)
            throws SQLException, PublishFailed, InterruptedException {
        switch (decision) {
            case RefusalDecision.Foreign() -> foreignMessages.setAside(message);
            case RefusalDecision.BackToOpenQueue() -> {
                publish(messages.backToOpenQueue(message));
                metrics.returnedPassed();
            }
            case RefusalDecision.NoPedido(Incoming.Refused refused) -> {
                poisonMessages.recordAndPublish(refused);
                metrics.returnedRefused();
            }
            case RefusalDecision.Dead dead -> {
                publishDead(dead, LastDeath.of(message.headers()).queue());
                handOnTheNextOf(dead.candidate().recebedorId());
            }
            case RefusalDecision.GoneOn(String recebedorId) -> {
                metrics.returnedPassed();
                handOnTheNextOf(recebedorId);
            }
            case RefusalDecision.NothingToDo() -> metrics.returnedPassed();
        }
    }

    /** To the end of the queue that it was taken from. When it returns, the message can be acknowledged. */
    void putBack(PulledMessage message) throws PublishFailed, InterruptedException {
        publish(messages.toRefusalQueueAgain(message));
    }

    private void publishDead(RefusalDecision.Dead dead, String queue) throws InterruptedException {
        var candidate = dead.candidate();
        var death = dead.death();
        LOG.atWarn()
                .addKeyValue("pedido_id", candidate.pedidoId())
                .addKeyValue("motivo", death.motivo())
                .log("its message was delivered too often: the pedido is given up and goes to the dead letters");
        metrics.returnedDead();
        try {
            publisher.deadLetter(candidate.pedido(), candidate.version().counted(death.tentativas()), death, queue);
        } catch (PublishFailed e) {
            LOG.info("the broker did not confirm the dead letter: the relay publishes it ({})", e.getMessage());
        }
    }

    private void publish(OutboundMessage message) throws PublishFailed, InterruptedException {
        ConfirmWait.one(messagePublisher.publish(message), PoisonMessages.CONFIRM_WAIT);
    }

    /** A worker that ends a pedido goes on with the parked one behind it. Here no worker did. */
    private void handOnTheNextOf(String recebedorId) throws SQLException, InterruptedException {
        var head = turns.parkedHeadOf(recebedorId);
        if (head.isPresent()) {
            try {
                publisher.handOn(head.get());
            } catch (PublishFailed e) {
                LOG.info("the broker did not confirm a parked pedido: the relay publishes it ({})", e.getMessage());
            } catch (MalformedJson e) {
                LOG.atError()
                        .addKeyValue("pedido_id", head.get().pedidoId())
                        .log(
                                "the content in the ledger cannot be read: the parked pedido is not published ({})",
                                e.getMessage());
            }
        }
    }
}
