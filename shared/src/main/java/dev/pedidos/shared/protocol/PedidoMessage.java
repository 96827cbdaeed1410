package dev.pedidos.shared.protocol;

import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.Version;

/** The content of the message that belongs to a version of a pedido. */
public final class PedidoMessage {

    private PedidoMessage() {}

    public static Messages.Content of(Pedido pedido, Version version) {
        return of(pedido, version, Suspicion.NONE);
    }

    public static Messages.Content of(Pedido pedido, Version version, Suspicion suspicion) {
        return new Messages.Content(
                version, pedido.recebedorId(), pedido.tipo(), PedidoCodec.writeMessage(pedido), suspicion);
    }
}
