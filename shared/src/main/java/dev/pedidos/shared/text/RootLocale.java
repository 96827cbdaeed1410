package dev.pedidos.shared.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats text without regard to the language of the machine. {@link String#format(String, Object...)} follows it: under
 * Persian, Arabic or Bengali {@code %d} gives other digits than 0 to 9, and queue names, ports and JSON with them.
 */
public final class RootLocale {

    private RootLocale() {}

    public static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** For a program's first line: libraries and handlers format text as well. */
    public static void makeDefault() {
        Locale.setDefault(Locale.ROOT);
    }
}
