package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.accept.RefusedMessages;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages that are no pedidos to the queue of dead letters, with their bodies unchanged. */
public final class DeadMessages {
    private static final Logger LOG = LoggerFactory.getLogger(DeadMessages.class);
    /** Of everything that the intakes publish. */
    static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);

    private final MessagePublisher publisher;
    private final Messages messages;
    private final RefusedMessages records;

    public DeadMessages(MessagePublisher publisher, Messages messages, RefusedMessages records) {
        this.publisher = publisher;
        this.messages = messages;
        this.records = records;
    }

    /** As {@link #publish}, for one that no transaction has recorded. */
    void recordAndPublish(Incoming.Refused refused) throws SQLException, PublishFailed, InterruptedException {
        records.record(refused.record());
        publish(List.of(refused));
    }

    /** @throws PublishFailed some are not in the queue: their messages must not be acknowledged */
    void publish(List<Incoming.Refused> refused) throws PublishFailed, InterruptedException {
        for (Incoming.Refused one : refused) {
            LOG.atError()
                    .addKeyValue("queue", one.record().queue())
                    .addKeyValue("sha256", one.record().sha256())
                    .log("a message is no pedido; it goes to the dead letters: {}", one.reason());
        }
        ConfirmWait.all(refused.stream().map(this::publish).toList(), CONFIRM_WAIT);
    }

    private CompletableFuture<Void> publish(Incoming.Refused one) {
        return publisher.publish(messages.refused(
                "mensagem:" + one.record().sha256(),
                one.record().motivo(),
                one.record().erroClasse(),
                one.reason(),
                one.message().body()));
    }
}
