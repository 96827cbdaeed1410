package dev.pedidos.tools.proof.report;

/** A foreign text as it can be printed: it may have line ends, and characters that move the cursor of a terminal. */
public final class OneLine {
    private OneLine() {}

    public static String of(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\s\\u2028\\u2029]+", " ").strip();
    }

    /** Without the rest of a longer text. */
    public static String of(String text, int mostChars) {
        return text.length() <= mostChars ? of(text) : of(text.substring(0, mostChars)) + "...";
    }
}
