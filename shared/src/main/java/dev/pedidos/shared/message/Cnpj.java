package dev.pedidos.shared.message;

import dev.pedidos.shared.text.CheckDigits;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a company, numeric or with letters (from July 2026 on).
 *
 * @param number its 14 characters, without marks
 */
record Cnpj(String number) {
    /** The message for a text that is no CNPJ. It does not repeat the text. */
    static final String DEMAND =
            "must be a CNPJ with its check digits, with all of its marks or with none, letters in" + " upper case";

    private static final Pattern PLAIN = Pattern.compile("[0-9A-Z]{12}[0-9]{2}");
    private static final Pattern MARKED =
            Pattern.compile("[0-9A-Z]{2}\\.[0-9A-Z]{3}\\.[0-9A-Z]{3}/[0-9A-Z]{4}-[0-9]{2}");
    /** Its check digits fit, but no company has it. */
    private static final String ZEROS = "00000000000000";

    /** Empty if it is not valid. */
    public static Optional<Cnpj> parse(String text) {
        String number = MARKED.matcher(text).matches() ? text.replaceAll("[./-]", "") : text;
        boolean valid = PLAIN.matcher(number).matches() && !number.equals(ZEROS) && CheckDigits.fit(number);
        return valid ? Optional.of(new Cnpj(number)) : Optional.empty();
    }
}
