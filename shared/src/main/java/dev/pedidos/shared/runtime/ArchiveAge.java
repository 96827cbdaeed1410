package dev.pedidos.shared.runtime;

import dev.pedidos.shared.text.Digits;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The age at which final pedidos are archived, as {@code PEDIDOS_ARQUIVAR_APOS} gives it. */
final class ArchiveAge {

    static final Pattern TEXT = Pattern.compile("off|[1-9][0-9]{0,4}[dhms]");

    private ArchiveAge() {}

    /** Empty for {@code off}. */
    static Optional<Duration> parse(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        int number = Digits.toInt(text.substring(0, text.length() - 1));
        return Optional.of(
                switch (text.charAt(text.length() - 1)) {
                    case 'd' -> Duration.ofDays(number);
                    case 'h' -> Duration.ofHours(number);
                    case 'm' -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }
}
