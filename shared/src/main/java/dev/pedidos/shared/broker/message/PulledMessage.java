package dev.pedidos.shared.broker.message;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * A message taken from a queue and not acknowledged yet.
 *
 * @param redelivered it was delivered before, so its place in the queue says nothing about its order
 * @param messageId the property; empty if its publisher gave none
 * @param type the property; empty if its publisher gave none
 */
@SuppressWarnings("ArrayRecordComponent")
public record PulledMessage(
        long deliveryTag, boolean redelivered, String messageId, String type, Headers headers, byte[] body) {

    /** As the client gave it. */
    public static PulledMessage of(Envelope envelope, AMQP.@Nullable BasicProperties properties, byte[] body) {
        String id = properties == null || properties.getMessageId() == null ? "" : properties.getMessageId();
        String type = properties == null || properties.getType() == null ? "" : properties.getType();
        return new PulledMessage(
                envelope.getDeliveryTag(), envelope.isRedeliver(), id, type, Headers.of(properties), body);
    }

    /** About the bytes that it takes in memory. */
    public long weight() {
        return body.length + headers.weight();
    }
}
