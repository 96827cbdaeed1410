package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.tools.proof.load.Outgoing.Address;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A pedido to be sent, or an event of an operation, which is one too.
 *
 * @param address to which it is posted
 * @param content hex form of its payload hash
 */
record PreparedPedido(String pedidoId, String recebedorId, Address address, byte[] body, String content) {
    private static final CallbackHosts ANY_HOST = CallbackHosts.parse("*");

    static PreparedPedido of(String pedidoId, String recebedorId, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var draft = PedidoCodec.readDraft(bytes, tipo -> true, ANY_HOST);
        return new PreparedPedido(pedidoId, recebedorId, Address.PEDIDOS, bytes, content(draft.withId(pedidoId)));
    }

    static PreparedPedido ofEvent(byte[] body) {
        Pedido pedido = OperationReader.read(body).pedido();
        return new PreparedPedido(pedido.pedidoId(), pedido.recebedorId(), Address.OPERATIONS, body, content(pedido));
    }

    private static String content(Pedido pedido) {
        return HexFormat.of().formatHex(PayloadHash.of(pedido));
    }
}
