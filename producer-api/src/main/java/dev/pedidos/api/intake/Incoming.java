package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.RefusedMessage;

/** A message of a queue, once it has been read. */
sealed interface Incoming {

    /**
     * A pedido.
     *
     * @param body as workers read it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Valid(PulledMessage message, NewPedido row, byte[] body) implements Incoming {

        Messages.Content content() {
            return Messages.Content.ofNew(row.pedidoId(), row.recebedorId(), row.tipo(), body);
        }
    }

    /**
     * It is no pedido, however often it is redelivered.
     *
     * @param pedidoId that the pedido gets if the dead letter is put back and its body has none
     */
    record Refused(PulledMessage message, RefusedMessage record, String pedidoId) implements Incoming {}
}
