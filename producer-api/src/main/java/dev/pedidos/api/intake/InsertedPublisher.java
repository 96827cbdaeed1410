package dev.pedidos.api.intake;

import dev.pedidos.api.publishing.PublishedMarks;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import java.util.concurrent.CompletableFuture;

/** Publishes pedidos that were inserted from the open queue, and marks those that the broker has confirmed. */
public final class InsertedPublisher {
    private final MessagePublisher publisher;
    private final Messages messages;
    private final PublishedMarks marks;

    public InsertedPublisher(MessagePublisher publisher, Messages messages, PublishedMarks marks) {
        this.publisher = publisher;
        this.messages = messages;
        this.marks = marks;
    }

    /** Returns at once; the future completes with the broker's confirm. */
    CompletableFuture<Void> publish(Incoming.Valid inserted) {
        var row = inserted.row();
        var content = Messages.Content.ofNew(row.pedidoId(), row.recebedorId(), row.tipo(), inserted.body());
        var mark = PublishedMark.ofNew(row.pedidoId());
        return publisher.publish(messages.entry(content)).thenRun(() -> marks.add(mark));
    }
}
