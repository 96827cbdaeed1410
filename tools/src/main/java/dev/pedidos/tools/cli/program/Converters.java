package dev.pedidos.tools.cli.program;

import dev.pedidos.shared.text.Digits;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Convert words with messages of our own. Numbers have the digits 0 to 9 only: the JDK also takes those of other scripts. */
final class Converters {
    private Converters() {}

    static void register(CommandLine commandLine) {
        commandLine.registerConverter(int.class, text -> number(text, Digits::toInt));
        commandLine.registerConverter(Integer.class, text -> number(text, Digits::toInt));
        commandLine.registerConverter(long.class, text -> number(text, Digits::toLong));
        commandLine.registerConverter(Long.class, text -> number(text, Digits::toLong));
        commandLine.registerConverter(double.class, Converters::decimal);
        commandLine.registerConverter(YearMonth.class, Converters::month);
    }

    private static double decimal(String text) {
        if (!text.matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
            throw new TypeConversionException("'" + text + "' is not a number such as 10 or 0.5");
        }
        return Double.parseDouble(text);
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a month such as 2026-07");
        }
    }

    private static <N> N number(String text, Function<String, N> read) {
        try {
            return read.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number that fits, such as 20");
        }
    }
}
