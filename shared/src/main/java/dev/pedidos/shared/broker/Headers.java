package dev.pedidos.shared.broker;

import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.LongString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a message from any publisher: a value may have any type, or be absent. */
public record Headers(Map<String, Object> values) {

    static Headers of(@Nullable BasicProperties properties) {
        return new Headers(properties == null || properties.getHeaders() == null ? Map.of() : properties.getHeaders());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** 0 if the header is absent or not a number. */
    public long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
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
