package dev.pedidos.shared.broker;

import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Envelope;
import org.jspecify.annotations.Nullable;

/** A message in hand. It is acknowledged or rejected exactly once, or given back by the end of its channel. */
public final class Delivery {

    private final Acks acks;
    private final long tag;
    private final boolean redelivered;
    private final Headers headers;
    private final byte[] body;

    Delivery(Acks acks, Envelope envelope, @Nullable BasicProperties properties, byte[] body) {
        this.acks = acks;
        this.tag = envelope.getDeliveryTag();
        this.redelivered = envelope.isRedeliver();
        this.headers = Headers.of(properties);
        this.body = body;
    }

    public byte[] body() {
        return body;
    }

    Headers headers() {
        return headers;
    }

    public boolean redelivered() {
        return redelivered;
    }

    /** A header as a number; 0 where it is absent or no number. */
    public int number(String header) {
        return (int) headers.number(header);
    }

    /** A header as text; empty where it is absent. */
    public String text(String header) {
        return headers.text(header);
    }

    /** Whether a delay queue has kept it for as long as its scheduled attempt was to wait. */
    public boolean waited() {
        return headers.number(OutboundMessage.ESPERA_MS) > 0
                && headers.text("x-first-death-reason").equals("expired");
    }

    /** Done with: the broker hears of it at once, or together with those after it. */
    public void ack() {
        acks.add(tag);
    }

    /** Refuses it for good: the broker dead-letters it to {@code pedidos.dlx}. */
    public void reject() {
        acks.reject(tag);
    }
}
