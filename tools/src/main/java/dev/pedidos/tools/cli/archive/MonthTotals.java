package dev.pedidos.tools.cli.archive;

import dev.pedidos.shared.text.Digits;
import dev.pedidos.shared.text.RootLocale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last line of an export: how much its month has. A pedido that is cancelled and archived again has more events than before.
 *
 * @param lastEvent the highest id
 */
record MonthTotals(long pedidos, long events, long lastEvent) {

    private static final Pattern LINE =
            Pattern.compile("\\{\"total\":\\{\"pedidos\":(\\d+),\"eventos\":(\\d+),\"ultimo_evento\":(\\d+)}}");

    String line() {
        return RootLocale.format(
                "{\"total\":{\"pedidos\":%d,\"eventos\":%d,\"ultimo_evento\":%d}}", pedidos, events, lastEvent);
    }

    /** Empty if it is a line of a pedido. */
    static Optional<MonthTotals> of(String line) {
        var found = LINE.matcher(line);
        return found.matches()
                ? Optional.of(new MonthTotals(
                        Digits.toLong(found.group(1)), Digits.toLong(found.group(2)), Digits.toLong(found.group(3))))
                : Optional.empty();
    }
}
