package dev.pedidos.shared.config;

import dev.pedidos.shared.text.TimeText;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** An age as a setting gives it: a number with its unit, such as {@code 90d}. Some settings may be {@code off}. */
final class AgeText {

    static final Pattern AGE = Pattern.compile("[1-9][0-9]{0,4}[dhms]");
    static final Pattern AGE_OR_OFF = Pattern.compile("off|" + AGE.pattern());

    private AgeText() {}

    /** Empty for {@code off}. */
    static Optional<Duration> parse(String text) {
        return text.equals("off") ? Optional.empty() : Optional.of(TimeText.parse(text));
    }
}
