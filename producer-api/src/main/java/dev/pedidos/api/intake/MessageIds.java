package dev.pedidos.api.intake;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PulledMessage;
import dev.pedidos.shared.message.Limits;

/** Gives an id to a pedido whose body has none. */
final class MessageIds {
    private final NoArgGenerator newIds = Generators.timeBasedEpochRandomGenerator();

    /** A message without an id becomes two pedidos if it is delivered twice: nothing shows that it is the same. */
    String of(PulledMessage message) {
        String kept = message.headers().text(OutboundMessage.PEDIDO_ID);
        if (Limits.isId(kept)) {
            return kept;
        }
        return Limits.isId(message.messageId())
                ? message.messageId()
                : newIds.generate().toString();
    }
}
