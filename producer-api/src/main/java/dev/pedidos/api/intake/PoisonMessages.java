package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.ledger.accept.RefusedMessages;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages that are no pedidos to the queue of dead letters, with their bodies unchanged. */
public final class PoisonMessages {
    private static final Logger LOG = LoggerFactory.getLogger(PoisonMessages.class);
    /** Of everything that the intakes publish. */
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);

    private final MessagePublisher publisher;
    private final Messages messages;
    private final RefusedMessages records;

    public PoisonMessages(MessagePublisher publisher, Messages messages, RefusedMessages records) {
        this.publisher = publisher;
        this.messages = messages;
        this.records = records;
    }

    /** Puts it on the record, for one that no transaction has recorded. */
    void record(Incoming.Refused refused) throws SQLException {
        records.record(refused.record());
    }

    /** @throws PublishFailed it is not in the queue: its message must not be acknowledged */
    void recordAndPublish(Incoming.Refused refused) throws SQLException, PublishFailed, InterruptedException {
        record(refused);
        ConfirmWait.one(publisher.publish(letter(refused)), CONFIRM_WAIT);
        logRefused(refused);
    }

    void logRefused(Incoming.Refused refused) {
        LOG.atError()
                .addKeyValue("queue", refused.record().queue())
                .addKeyValue("sha256", refused.record().sha256())
                .log(
                        "a message is no pedido; it is in the dead letters: {}",
                        refused.record().reason());
    }

    /** The letter for it, which is to be published. */
    OutboundMessage letter(Incoming.Refused refused) {
        var record = refused.record();
        return messages.refused(
                "mensagem:" + record.sha256(),
                Map.of(
                        OutboundMessage.MOTIVO,
                        record.motivo(),
                        OutboundMessage.ERRO_CLASSE,
                        record.erroClasse(),
                        OutboundMessage.ERRO_MENSAGEM,
                        record.reason(),
                        OutboundMessage.PEDIDO_ID,
                        refused.pedidoId()),
                refused.message().body());
    }
}
