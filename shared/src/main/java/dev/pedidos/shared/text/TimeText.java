package dev.pedidos.shared.text;

import java.time.Duration;

/** Reads a number of seconds, or one with a unit: {@code 90}, {@code 90s}, {@code 2m}, {@code 1h}, {@code 1d}. */
public final class TimeText {

    private TimeText() {}

    /** @throws NumberFormatException the text is not such a time */
    public static Duration parse(String text) {
        long number = Digits.toLong(text.replaceFirst("[smhd]$", ""));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
