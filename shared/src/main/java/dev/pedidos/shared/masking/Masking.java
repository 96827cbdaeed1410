package dev.pedidos.shared.masking;

import dev.pedidos.shared.text.CheckDigits;
import dev.pedidos.shared.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks CNPJ and CPF numbers in text for the log, because receivers are often named by theirs. A short hash stays, so
 * that a person who knows the number can find it. It is too short to tell the number from thousands of others. Every
 * log line passes through here ({@link MaskedLog}).
 */
public final class Masking {
    private static final String CPF = "[0-9]{3}\\.[0-9]{3}\\.[0-9]{3}-[0-9]{2}|[0-9]{11}"
            // Not the end of a time with its offset from UTC: 25.123456789-03:00.
            + "|(?<!\\.)[0-9]{9}-[0-9]{2}";
    /** From 2026 on CNPJ numbers have letters, in place of each X. Ids have no slash, so any other mark may be in its place. */
    private static final String CNPJ = "X{2}\\.?X{3}\\.?X{3}[/._:-]?X{4}-?[0-9]{2}";

    private static final Pattern CANDIDATE = Pattern.compile("(?<![0-9])(?:" + CPF + "|" + CNPJ.replace("X", "[0-9]")
            + ")(?![0-9])" + "|(?<![0-9A-Za-z])" + CNPJ.replace("X", "[0-9A-Za-z]") + "(?![0-9A-Za-z])");
    private static final int HASH_BYTES = 2;

    private Masking() {}

    public static String masked(String text) {
        Matcher candidates = CANDIDATE.matcher(text);
        if (!candidates.find()) {
            return text;
        }
        var out = new StringBuilder(text.length());
        int copied = 0;
        int from = 0;
        while (candidates.find(from)) {
            String number = candidates.group().replaceAll("[^0-9A-Za-z]", "").toUpperCase(Locale.ROOT);
            if (standsAlone(text, candidates) || CheckDigits.fit(number)) {
                out.append(text, copied, candidates.start()).append(mask(number));
                copied = candidates.end();
                from = copied;
            } else {
                from = candidates.start() + 1;
            }
        }
        return out.append(text, copied, text.length()).toString();
    }

    /**
     * Digits between marks always count as a number. Within a word, such as a hash in hex, the check digits have to
     * fit.
     */
    private static boolean standsAlone(String text, Matcher candidate) {
        return candidate.group().chars().noneMatch(Character::isLetter)
                && (candidate.start() == 0 || !Character.isLetter(text.charAt(candidate.start() - 1)))
                && (candidate.end() == text.length() || !Character.isLetter(text.charAt(candidate.end())));
    }

    private static String mask(String number) {
        return "***" + Sha256.hex(number.getBytes(StandardCharsets.US_ASCII), HASH_BYTES);
    }
}
