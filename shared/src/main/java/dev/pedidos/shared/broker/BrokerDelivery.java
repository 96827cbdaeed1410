package dev.pedidos.shared.broker;

import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Envelope;
import dev.pedidos.shared.broker.message.Headers;
import org.jspecify.annotations.Nullable;

/** A delivery on a consumer's channel. */
final class BrokerDelivery implements Delivery {

    private final Subscription subscription;
    private final long deliveryTag;
    private final boolean redelivered;
    private final Headers headers;
    private final byte[] body;

    BrokerDelivery(Subscription subscription, Envelope envelope, @Nullable BasicProperties properties, byte[] body) {
        this.subscription = subscription;
        this.deliveryTag = envelope.getDeliveryTag();
        this.redelivered = envelope.isRedeliver();
        this.headers = Headers.of(properties);
        this.body = body;
    }

    long deliveryTag() {
        return deliveryTag;
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
        subscription.ack(deliveryTag);
    }

    @Override
    public void reject() {
        subscription.reject(deliveryTag);
    }

    @Override
    public void abandon(Throwable failure) {
        subscription.abandon(failure);
    }
}
