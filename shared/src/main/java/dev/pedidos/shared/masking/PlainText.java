package dev.pedidos.shared.masking;

import java.util.regex.Pattern;

/** Text for a terminal: what came from outside cannot begin a line, hide text or change colours. */
final class PlainText {
    private static final String REPLACEMENT = "\uFFFD";
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]");
    private static final Pattern INVISIBLE_IN_A_TRACE =
            Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n\t]]|\n(?!\t|Caused by: |Wrapped by: |\\z)");

    private PlainText() {}

    static String ofOneLine(String text) {
        return INVISIBLE.matcher(text).replaceAll(REPLACEMENT);
    }

    /** The lines of a stack trace stay; those of its messages do not. */
    static String ofTrace(String text) {
        return INVISIBLE_IN_A_TRACE.matcher(text).replaceAll(REPLACEMENT);
    }
}
