package dev.pedidos.api.http;

import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header Prefer of RFC 7240: the preference {@code wait}. A preference that is not understood is ignored. */
public final class Prefer {
    private static final String WAIT = "wait";
    private static final int LONGEST_SECONDS = 30;

    private Prefer() {}

    /**
     * How long the answer may wait; empty if the client does not ask for that, or asks for less than 1 s or more than
     * 30 s. Of several such preferences the first one counts.
     *
     * @param lines values of the header Prefer
     */
    public static Optional<Duration> waiting(List<String> lines) {
        return lines.stream()
                .flatMap(line -> split(line, ',').stream())
                .map(preference -> split(preference, ';').getFirst())
                .filter(preference -> name(preference).equals(WAIT))
                .findFirst()
                .flatMap(Prefer::seconds);
    }

    private static String name(String preference) {
        int equals = preference.indexOf('=');
        return (equals < 0 ? preference : preference.substring(0, equals))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static Optional<Duration> seconds(String preference) {
        String value = preference.substring(preference.indexOf('=') + 1).strip();
        String bare = value.length() > 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
        return bare.matches("[0-9]{1,2}")
                ? Optional.of(Digits.toInt(bare))
                        .filter(seconds -> seconds >= 1 && seconds <= LONGEST_SECONDS)
                        .map(Duration::ofSeconds)
                : Optional.empty();
    }

    /** At least one part; a separator in a quoted string separates nothing. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
