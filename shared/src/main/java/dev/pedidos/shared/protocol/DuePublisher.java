package dev.pedidos.shared.protocol;

import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.MalformedJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes pedidos that were claimed in the ledger: to their shards, or to the dead letters. */
public final class DuePublisher {

    private static final Logger LOG = LoggerFactory.getLogger(DuePublisher.class);

    private final MessagePublisher publisher;
    private final Messages messages;

    public DuePublisher(MessagePublisher publisher, Messages messages) {
        this.publisher = publisher;
        this.messages = messages;
    }

    /** Returns the confirms, in the order of the pedidos. */
    public Map<PublishedMark, CompletableFuture<Void>> publish(List<Due> claimed) {
        Map<PublishedMark, CompletableFuture<Void>> confirms = LinkedHashMap.newLinkedHashMap(claimed.size());
        claimed.forEach(due -> confirms.put(due.mark(), publish(due)));
        return confirms;
    }

    /** One that cannot be read does not hold up the others of its batch. */
    private CompletableFuture<Void> publish(Due due) {
        try {
            return publisher.publish(message(due));
        } catch (MalformedJson e) {
            LOG.atError()
                    .addKeyValue("pedido_id", due.pedidoId())
                    .log(
                            "the content in the ledger cannot be read: the pedido is not published, and is tried again later;"
                                    + " an operator has to restore its content from a backup ({})",
                            e.getMessage());
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("pedido_id", due.pedidoId())
                    .setCause(e)
                    .log(
                            "no message can be made of this row of the ledger: the pedido is not published, and is tried again later");
            return CompletableFuture.failedFuture(e);
        }
    }

    private OutboundMessage message(Due due) {
        // A retry goes straight to its shard: it is overdue, its delay has passed.
        return due.death()
                .map(death -> messages.deadLetter(PedidoMessage.of(due.pedido(), due.version()), death, ""))
                .orElseGet(() ->
                        messages.entry(PedidoMessage.of(due.pedido(), due.version(), Suspicion.ownIf(due.suspect()))));
    }
}
