package dev.pedidos.api.intake;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.message.KeyedId;
import dev.pedidos.shared.message.Limits;
import java.util.regex.Pattern;

/** Gives an id to a pedido whose body has none. */
final class MessageIds {
    /** The message id of a dead letter. Messages with the same body have the same one. */
    private static final Pattern REFUSED = Pattern.compile("mensagem:[0-9a-f]{64}");
    /** Java reads bytes that are not UTF-8 as this, so that different ids may look the same. */
    private static final String NOT_UTF_8 = "\ufffd";

    private final NoArgGenerator newIds = Generators.timeBasedEpochRandomGenerator();

    /** A message without an id becomes two pedidos if it is delivered twice: nothing shows that it is the same. */
    String of(PulledMessage message) {
        String kept = message.headers().text(OutboundMessage.PEDIDO_ID);
        if (Limits.isId(kept)) {
            return kept;
        }
        String id = message.messageId();
        if (Limits.isId(id)) {
            return id;
        }
        boolean namesOneMessage =
                !id.isEmpty() && !id.contains(NOT_UTF_8) && !REFUSED.matcher(id).matches();
        return namesOneMessage ? KeyedId.ofMessage(id) : newIds.generate().toString();
    }
}
