package dev.pedidos.tools.proof.load;

import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.Draft;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.message.OperationReader;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.message.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client's knowledge of each pedido: everything that it sent under an id, and the answers.
 *
 * @param unreadable answers to bodies that are not pedidos and so have no id
 */
public record ClientHistory(Map<String, SentPedido> pedidos, List<LoadAnswer> unreadable) {
    /** The API knows which ones it takes. */
    private static final CallbackHosts ANY_HOST = CallbackHosts.parse("*");

    /** Reads the bodies only after the sending, because until then the processor is needed by the system under test. */
    public static ClientHistory of(List<LoadAnswer> answers) {
        Map<String, SentPedido> pedidos = new LinkedHashMap<>();
        List<LoadAnswer> unreadable = new ArrayList<>();
        for (LoadAnswer answer : answers) {
            try {
                Pedido pedido = pedido(answer);
                String content = HexFormat.of().formatHex(PayloadHash.of(pedido));
                pedidos.computeIfAbsent(pedido.pedidoId(), id -> new SentPedido(id, pedido.recebedorId()))
                        .add(content, answer);
            } catch (InvalidMessage e) {
                unreadable.add(answer);
            }
        }
        return new ClientHistory(pedidos, unreadable);
    }

    /** An event of an operation is accepted as a pedido, too. */
    private static Pedido pedido(LoadAnswer answer) {
        byte[] body = answer.pedido().body();
        return switch (answer.pedido().address()) {
            case PEDIDOS -> {
                Draft draft = PedidoCodec.readDraft(body, tipo -> true, ANY_HOST);
                yield draft.withId(draft.pedidoId() == null ? idGiven(answer) : draft.pedidoId());
            }
            case OPERATIONS -> OperationReader.read(body).pedido();
        };
    }

    /** The id that the API made; without an answer, the number of the line. */
    private static String idGiven(LoadAnswer answer) {
        return answer.isAccepted()
                ? StrictJson.readOwn(answer.body().getBytes(StandardCharsets.UTF_8))
                        .path("pedido_id")
                        .stringValue("")
                : "line " + answer.pedido().line();
    }
}
