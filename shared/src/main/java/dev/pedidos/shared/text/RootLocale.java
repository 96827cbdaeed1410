package dev.pedidos.shared.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats text independently of the machine's language. {@link String#format(String, Object...)} depends on it: under
 * Persian, Arabic or Bengali {@code %d} gives other digits than 0 to 9, also in queue names, ports and JSON.
 */
public final class RootLocale {

    private RootLocale() {}

    public static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** For the first line of a program: libraries and handlers format text too. */
    public static void makeDefault() {
        Locale.setDefault(Locale.ROOT);
    }
}
