package dev.pedidos.worker.settle;

import dev.pedidos.shared.broker.ConfirmedPublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.DeadLetterMarks;
import dev.pedidos.shared.ledger.Head;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries an ending to the broker and waits for its confirm: only then may the delivery be acknowledged. */
public final class Settlement {

    private static final int CONFIRM_SECONDS = 10;

    private final ConfirmedPublisher publisher;
    private final Messages messages;
    private final DeadLetterMarks marks;

    public Settlement(ConfirmedPublisher publisher, Messages messages, DeadLetterMarks marks) {
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
            case Ending.Retrying retrying ->
                publish(messages.retry(content(retrying.pedido(), retrying.next()), retrying.delay()));
            case Ending.Dead dead -> {
                var death = new Messages.Death(
                        dead.motivo(),
                        dead.erroClasse(),
                        dead.death().firstFailure(),
                        dead.death().lastFailure(),
                        shard);
                publish(messages.deadLetter(content(dead.pedido(), dead.version()), death));
                marks.published(dead.version());
            }
            case Ending.Finished finished -> {}
            case Ending.Passed passed -> {}
            case Ending.Unknown unknown -> {}
        }
    }

    /** Hands a receiver's parked head to whoever gets the message, so that a busy receiver does not hold up its shard. */
    public void handOn(Head head) throws PublishFailed, InterruptedException {
        var pedido =
                PedidoCodec.fromRow(head.pedidoId(), head.tipo(), head.recebedorId(), head.origem(), head.payload());
        var version = new Version(head.pedidoId(), head.ciclo(), head.tentativas());
        publish(messages.entry(content(pedido, version)));
    }

    private static Messages.Content content(Pedido pedido, Version version) {
        return new Messages.Content(
                pedido.pedidoId(),
                pedido.recebedorId(),
                pedido.tipo(),
                version.ciclo(),
                version.tentativas(),
                PedidoCodec.writeMessage(pedido));
    }

    private void publish(OutboundMessage message) throws PublishFailed, InterruptedException {
        try {
            publisher.publish(message).get(CONFIRM_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new PublishFailed("the broker did not confirm within " + CONFIRM_SECONDS + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PublishFailed failed ? failed : new PublishFailed(e.toString());
        }
    }
}
