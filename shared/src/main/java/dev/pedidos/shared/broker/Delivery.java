package dev.pedidos.shared.broker;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.LongString;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message in hand. It is acknowledged or rejected exactly once, or given back by the end of its channel. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Channel channel;
    private final long tag;
    private final boolean redelivered;
    private final Map<String, Object> headers;
    private final byte[] body;

    Delivery(Channel channel, Envelope envelope, @Nullable BasicProperties properties, byte[] body) {
        this.channel = channel;
        this.tag = envelope.getDeliveryTag();
        this.redelivered = envelope.isRedeliver();
        this.headers = properties == null || properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        this.body = body;
    }

    public byte[] body() {
        return body;
    }

    public boolean redelivered() {
        return redelivered;
    }

    /** A header as a number; 0 where it is absent or no number. */
    public int number(String header) {
        return switch (headers.get(header)) {
            case Number number -> number.intValue();
            case null, default -> 0;
        };
    }

    /** A header as text; empty where it is absent. */
    public String text(String header) {
        return switch (headers.get(header)) {
            case LongString text -> text.toString();
            case String text -> text;
            case null, default -> "";
        };
    }

    public void ack() {
        settle(() -> channel.basicAck(tag, false));
    }

    /** Refuses it for good: the broker dead-letters it to {@code pedidos.dlx}. */
    public void reject() {
        settle(() -> channel.basicReject(tag, false));
    }

    private interface Settling {
        void run() throws IOException;
    }

    private void settle(Settling settling) {
        try {
            settling.run();
        } catch (IOException | AlreadyClosedException e) {
            LOG.info("could not settle a delivery ({}): it comes again and is found to be done", Causes.of(e));
        }
    }
}
