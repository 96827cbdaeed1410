package dev.pedidos.shared.masking;

import java.util.regex.Pattern;

/** Text for a terminal: what came from outside cannot begin a line, hide text or change colours. */
final class PlainText {
    private static final String REPLACEMENT = "\uFFFD";
    private static final Pattern INVISIBLE = Pattern.compile("\r?\n|[\\p{Cc}\\p{Cf}]");
    /** No other line of a stack trace begins with a space. */
    private static final String FURTHER_LINE = "\n    ";

    private PlainText() {}

    static String ofOneLine(String text) {
        return plain(text, " ");
    }

    static String ofLines(String text) {
        return plain(text, FURTHER_LINE);
    }

    private static String plain(String text, String lineBreak) {
        return INVISIBLE.matcher(text).replaceAll(found -> found.group().endsWith("\n") ? lineBreak : REPLACEMENT);
    }
}
