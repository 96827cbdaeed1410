package dev.pedidos.shared.broker;

import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.LongString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a message, whoever published it: of any type, or absent. */
public record Headers(Map<String, Object> values) {

    static Headers of(@Nullable BasicProperties properties) {
        return new Headers(properties == null || properties.getHeaders() == null ? Map.of() : properties.getHeaders());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** 0 where it is absent or no number. */
    public long number(String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** Empty where it is absent or no text. */
    public String text(String name) {
        return switch (values.get(name)) {
            case LongString text -> text.toString();
            case String text -> text;
            case null, default -> "";
        };
    }
}
