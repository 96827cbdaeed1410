package dev.pedidos.shared.text;

/**
 * Reads whole numbers written with the digits 0 to 9. {@link Integer#parseInt(String)} also takes those of other scripts,
 * which no other program would read as the same number.
 */
public final class Digits {

    private Digits() {}

    /** @throws NumberFormatException where the text is no such number */
    public static int toInt(String text) {
        return Integer.parseInt(ascii(text));
    }

    /** @throws NumberFormatException where the text is no such number */
    public static long toLong(String text) {
        return Long.parseLong(ascii(text));
    }

    private static String ascii(String text) {
        if (text.chars().anyMatch(each -> each > 0x7F)) {
            throw new NumberFormatException("no number in digits from 0 to 9: " + text);
        }
        return text;
    }
}
