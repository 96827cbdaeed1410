package dev.pedidos.shared.broker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.LongString;
import dev.pedidos.shared.message.Version;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a message from any publisher: a value may have any type, or be absent. */
public record Headers(Map<String, Object> values) {

    /** Half of the frame that the broker allows by default. */
    private static final long MOST_BYTES = 65_536;

    /** Around the name and the value: the length of the name, the type, and the length of a text. */
    private static final long AROUND_BYTES = 1 + 1 + Integer.BYTES;

    /** A header in memory, besides its name and value. */
    private static final long WEIGHT = 128;

    /** None if the message has no properties. */
    public static Headers of(@Nullable BasicProperties properties) {
        return new Headers(properties == null || properties.getHeaders() == null ? Map.of() : properties.getHeaders());
    }

    /**
     * Those that can be published again: text, numbers and booleans. A name that was not UTF-8 may have grown beyond the bytes that
     * AMQP has for it, and all of them must fit into a frame with those that are added.
     */
    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        long bytes = 0;
        for (var header : values.entrySet()) {
            long size = AROUND_BYTES + bytes(header.getKey()) + bytes(header.getValue());
            if (isPlain(header.getValue()) && ShortString.fits(header.getKey()) && bytes + size <= MOST_BYTES) {
                bytes += size;
                plain.put(header.getKey(), header.getValue());
            }
        }
        return plain;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof LongString
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean;
    }

    /** About the bytes that they take in memory. */
    public long weight() {
        return weight(values);
    }

    private static long weight(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> table ->
                table.entrySet().stream()
                        .mapToLong(header -> weight(header.getKey()) + weight(header.getValue()))
                        .sum();
            case Collection<?> list -> list.stream().mapToLong(Headers::weight).sum();
            case byte[] bytes -> WEIGHT + bytes.length;
            case null, default -> WEIGHT / 2 + bytes(value);
        };
    }

    private static long bytes(@Nullable Object value) {
        return switch (value) {
            case LongString text -> text.length();
            case String text -> text.getBytes(UTF_8).length;
            case null, default -> Long.BYTES;
        };
    }

    /** Why the message is refused for its headers; empty if it is not. No text of a publisher. */
    public String fault() {
        return has(ReadableHeaders.REFUSED)
                ? HeaderFault.named(text(ReadableHeaders.REFUSED)).sentence()
                : "";
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** 0 if the header is absent or not a number. */
    public long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /**
     * The version of a pedido to which the message belongs: the first one if nothing else is said. A message of 0.1.0 has no agendamento.
     * There each scheduling was an attempt.
     */
    public Version version(String pedidoId) {
        int tentativas = (int) number(OutboundMessage.TENTATIVA);
        int agendamento = values.containsKey(OutboundMessage.AGENDAMENTO)
                ? (int) number(OutboundMessage.AGENDAMENTO)
                : tentativas;
        return new Version(pedidoId, (int) number(OutboundMessage.CICLO), agendamento, tentativas);
    }

    public Suspicion suspicion() {
        return Suspicion.ofHeader(number(OutboundMessage.REENTREGUE));
    }

    /** Empty if the header is absent or not text. */
    public String text(String name) {
        return switch (values.get(name)) {
            case LongString text -> text.toString();
            case String text -> text;
            case null, default -> "";
        };
    }
}
