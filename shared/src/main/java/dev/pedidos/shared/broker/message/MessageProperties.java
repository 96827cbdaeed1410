package dev.pedidos.shared.broker.message;

import com.rabbitmq.client.AMQP;
import java.util.HashMap;

/** The properties that a message is published with. */
public final class MessageProperties {

    private static final int PERSISTENT = 2;

    private MessageProperties() {}

    /**
     * @param sequence of the publish on its channel
     * @param ledger named in the message; empty while it is unknown
     */
    public static AMQP.BasicProperties of(OutboundMessage message, long sequence, String ledger) {
        var headers = new HashMap<String, Object>();
        if (!ledger.isEmpty()) {
            headers.put(OutboundMessage.LEDGER, ledger);
        }
        headers.putAll(message.headers());
        headers.put(OutboundMessage.CICLO, message.version().ciclo());
        headers.put(OutboundMessage.AGENDAMENTO, message.version().agendamento());
        headers.put(OutboundMessage.TENTATIVA, message.version().tentativas());
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType("application/json")
                .messageId(message.messageId())
                .type(message.tipo())
                // basic.return carries no delivery tag; the correlation id finds the message.
                .correlationId(Long.toString(sequence))
                .headers(headers)
                .build();
    }
}
