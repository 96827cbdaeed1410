package dev.pedidos.shared.text;

/**
 * Reads whole numbers in the digits 0 to 9. {@link Integer#parseInt(String)} also takes digits of other scripts, which
 * other programs would not read as the same number, and a plus sign.
 */
public final class Digits {

    private Digits() {}

    /** @throws NumberFormatException the text is not such a number */
    public static int toInt(String text) {
        return Integer.parseInt(ascii(text));
    }

    /** @throws NumberFormatException the text is not such a number */
    public static long toLong(String text) {
        return Long.parseLong(ascii(text));
    }

    private static String ascii(String text) {
        if (text.startsWith("+") || text.chars().anyMatch(each -> each > 0x7F)) {
            throw new NumberFormatException("not a number in digits from 0 to 9: " + text);
        }
        return text;
    }
}
