package dev.pedidos.shared.broker;

import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Envelope;
import org.jspecify.annotations.Nullable;

/** A delivery on a consumer's channel. */
final class BrokerDelivery implements Delivery {

    private final Acks acks;
    private final long tag;
    private final boolean redelivered;
    private final Headers headers;
    private final byte[] body;

    BrokerDelivery(Acks acks, Envelope envelope, @Nullable BasicProperties properties, byte[] body) {
        this.acks = acks;
        this.tag = envelope.getDeliveryTag();
        this.redelivered = envelope.isRedeliver();
        this.headers = Headers.of(properties);
        this.body = body;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public boolean redelivered() {
        return redelivered;
    }

    @Override
    public void ack() {
        acks.add(tag);
    }

    @Override
    public void reject() {
        acks.reject(tag);
    }
}
