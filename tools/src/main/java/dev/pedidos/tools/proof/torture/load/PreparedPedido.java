package dev.pedidos.tools.proof.torture.load;

import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.PedidoCodec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A pedido to be sent.
 *
 * @param content hex form of its payload hash
 */
record PreparedPedido(String pedidoId, String recebedorId, byte[] body, String content) {

    static PreparedPedido of(String pedidoId, String recebedorId, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var draft = PedidoCodec.readDraft(bytes, tipo -> true);
        String content = HexFormat.of().formatHex(PayloadHash.of(draft.withId(pedidoId)));
        return new PreparedPedido(pedidoId, recebedorId, bytes, content);
    }
}
