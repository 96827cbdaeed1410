package dev.pedidos.shared.config;

import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often a dependency may be called: in no window of this length more often.
 *
 * @param calls 1 to 10,000
 */
public record CallRate(int calls, Duration window) {

    private static final String ONE = "[A-Za-z0-9._:-]{1,64}=(?:[1-9][0-9]{0,3}|10000)/(?:s|min|h)";

    private static final Pattern TEXT = Pattern.compile(ONE + "(?:," + ONE + ")*");

    /** Whether the text gives rates by dependency, each dependency once. */
    static boolean isValid(String text) {
        return TEXT.matcher(text).matches()
                && split(text).map(parts -> parts[0]).distinct().count()
                        == split(text).count();
    }

    /** By dependency: {@code cnpj=10/min,banco=5/s}. */
    public static Map<String, CallRate> parse(String text) {
        return split(text)
                .collect(Collectors.toUnmodifiableMap(
                        parts -> parts[0], parts -> new CallRate(Digits.toInt(parts[1]), window(parts[2]))));
    }

    /** Dependency, calls and unit of each. */
    private static Stream<String[]> split(String text) {
        return text.isEmpty()
                ? Stream.empty()
                : Arrays.stream(text.split(",", -1)).map(one -> one.split("[=/]", -1));
    }

    private static Duration window(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> throw new IllegalArgumentException(unit + " is no unit of time");
        };
    }

    /** A rate that keeps to this one and to the other, as {@code limits_in_force.sql} has it. */
    public CallRate and(CallRate other) {
        int fewest = Math.min(calls, other.calls);
        return new CallRate(fewest, Collections.max(List.of(windowOf(fewest), other.windowOf(fewest))));
    }

    /** In windows of this length, each with so many calls, none of our windows has too many. */
    private Duration windowOf(int fewer) {
        return Duration.ofMillis(Math.ceilDiv(window.toMillis(), calls / fewer));
    }
}
