package dev.pedidos.shared.config;

import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How often a dependency may be called: in no window of this length more often.
 *
 * @param calls 1 to 10,000
 */
public record CallRate(int calls, Duration window) {

    private static final String ONE = "[A-Za-z0-9._:-]{1,64}=(?:[1-9][0-9]{0,3}|10000)/(?:s|min|h)";

    static final Pattern TEXT = Pattern.compile(ONE + "(?:," + ONE + ")*");

    /** By dependency: {@code cnpj=10/min,banco=5/s}. If a dependency has two, the stricter one holds. */
    public static Map<String, CallRate> parse(String text) {
        Map<String, CallRate> byDependency = new HashMap<>();
        if (!text.isEmpty()) {
            Arrays.stream(text.split(",", -1)).forEach(one -> {
                String[] parts = one.split("[=/]", -1);
                byDependency.merge(
                        parts[0], new CallRate(Digits.toInt(parts[1]), window(parts[2])), CallRate::stricter);
            });
        }
        return Map.copyOf(byDependency);
    }

    private static Duration window(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> throw new IllegalArgumentException(unit + " is no unit of time");
        };
    }

    /** The one that allows fewer calls in the long run; of two that allow as many, the one that allows fewer at once. */
    public CallRate stricter(CallRate other) {
        long own = calls * other.window.toMillis();
        long others = other.calls * window.toMillis();
        return own < others || (own == others && calls <= other.calls) ? this : other;
    }
}
