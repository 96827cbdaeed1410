package dev.pedidos.shared.runtime;

import dev.pedidos.shared.text.TimeText;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The age at which final pedidos are archived, as {@code PEDIDOS_ARQUIVAR_APOS} gives it. */
final class ArchiveAge {

    static final Pattern AGE = Pattern.compile("[1-9][0-9]{0,4}[dhms]");
    static final Pattern TEXT = Pattern.compile("off|" + AGE.pattern());

    private ArchiveAge() {}

    /** Empty for {@code off}. */
    static Optional<Duration> parse(String text) {
        return text.equals("off") ? Optional.empty() : Optional.of(TimeText.parse(text));
    }
}
