package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of seconds, or one with a unit: {@code 90}, {@code 90s}, {@code 2m}, {@code 1h}. */
public final class PatienceOption implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        if (!text.matches("[0-9]{1,6}[smh]?")) {
            throw new TypeConversionException("'" + text + "' is not a time such as 90, 90s, 2m or 1h");
        }
        long number = Digits.toLong(text.replaceFirst("[smh]$", ""));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
