package dev.pedidos.tools.proof.load;

import dev.pedidos.shared.message.KeyedId;
import dev.pedidos.shared.message.MalformedJson;
import dev.pedidos.shared.message.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file to be sent.
 *
 * @param receiver its recebedor_id; null if it has none that can be read, and so no order
 * @param key makes all sendings of it one pedido; null if the line has a pedido_id itself or is not JSON
 */
record Line(
        Outgoing pedido,
        @Nullable String receiver,
        @Nullable String key) {

    /** @param run differs between runs: a file that is sent again on purpose has other pedidos */
    static Line of(Outgoing pedido, String run) {
        try {
            var body = StrictJson.read(pedido.body());
            String receiver = body.path("recebedor_id").stringValue("");
            boolean named = !body.isObject() || body.has("pedido_id");
            return new Line(pedido, receiver.isEmpty() ? null : receiver, named ? null : run + "-" + pedido.line());
        } catch (MalformedJson e) {
            return new Line(pedido, null, null);
        }
    }

    /** The pedido with the id that follows from its key: sent from another file, it is still the same pedido. */
    byte[] withItsId() {
        byte[] body = pedido.body();
        int brace = firstBrace(body);
        if (key == null || brace < 0) {
            return body;
        }
        byte[] id = ("\"pedido_id\":\"" + KeyedId.of(key) + "\",").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(body, body.length + id.length);
        System.arraycopy(id, 0, both, brace + 1, id.length);
        System.arraycopy(body, brace + 1, both, brace + 1 + id.length, body.length - brace - 1);
        return both;
    }

    private static int firstBrace(byte[] body) {
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '{') {
                return i;
            }
        }
        return -1;
    }
}
