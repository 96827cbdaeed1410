package dev.pedidos.tools.cli.options;

import dev.pedidos.shared.text.TimeText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of seconds, or one with a unit: {@code 90}, {@code 90s}, {@code 2m}, {@code 1h}, {@code 1d}. */
public final class DurationConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        if (!isTime(text)) {
            throw new TypeConversionException("'" + text + "' is not a time such as 90, 90s, 2m, 1h or 1d");
        }
        return TimeText.parse(text);
    }

    public static boolean isTime(String text) {
        return text.matches("[0-9]{1,6}[smhd]?");
    }
}
