package dev.pedidos.shared.message;

import java.math.BigDecimal;
import java.util.Set;

/** The bounds of the contract for bodies, as data. Lengths are in characters unless the name says bytes. */
public final class Limits {
    public static final int BODY_BYTES = 256 * 1024;
    /**
     * The largest message that we write, with its pedido_id and tipo. No number is written with more than twice the characters that it
     * was sent with: 1E+9 for 1e9, 0.000001 for 1e-6.
     */
    public static final int MESSAGE_BYTES = 512 * 1024;

    /** The largest message that we read: earlier versions wrote the integers of the ledger with up to 30 digits. */
    public static final int LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024;

    /** The most values that such a message has: a body has one for each two bytes, and we add some. */
    static final int MESSAGE_VALUES = BODY_BYTES / 2 + 100;

    /** The {@code max_message_size} for a broker: deploy/rabbitmq/rabbitmq.conf says why. */
    public static final int BROKER_MESSAGE_BYTES = 16 * 1024 * 1024;

    /**
     * The most characters that the numbers of a body may grow by when PostgreSQL writes them in full: some thousand of
     * 1e308, any number of 1e9.
     */
    public static final int GROWN_CHARS = 1024 * 1024;

    public static final int BATCH_BODY_BYTES = 4 * 1024 * 1024;
    public static final int NESTING = 32;
    /** Of a message: we put what a client sent into objects of ours. */
    static final int MESSAGE_NESTING = 2 * NESTING;

    /** The message for a value that fails {@link #isId}. */
    public static final String ID = "must be 1 to 64 of A-Z a-z 0-9 . _ : -";

    /** The message for a value that fails {@link #isDots}. */
    static final String NO_DOTS = "must not be . or .., which clients and proxies take out of addresses";

    public static final int ID_LENGTH = 64;
    public static final int ITENS = 100;
    public static final long QUANTIDADE_MIN = 1;
    public static final long QUANTIDADE_MAX = 1_000_000;
    public static final long PRECO_CENTAVOS_MAX = 1_000_000_000_000L;
    public static final long DISPONIVEL_MAX = 1_000_000_000;
    public static final int ESTOQUE_LIST = 10_000;
    /** Itens of a batch of expenses. */
    public static final int DESPESAS = 10_000;

    public static final Set<String> ORIGENS = Set.of("web", "mobile", "api");

    /**
     * A longer number is out of every range and is not parsed: parsing takes time that grows with the square of its
     * length.
     */
    public static final int NUMBER_LENGTH = 1_000;
    /** With these two bounds, PostgreSQL's full form of a number stays below NUMBER_LENGTH. */
    public static final int NUMBER_DIGITS = 500;

    public static final int EXPONENT_MAX = 308;
    public static final int EXPONENT_MIN = -324;

    /** As much as the numbers of any body grow: 0.1.0 accepted it full of 1e308. */
    static final int GROWN_CHARS_EVER = BODY_BYTES / "1e308,".length() * EXPONENT_MAX;

    /** Further faults are not listed: this is both fields of every line of the longest list. */
    public static final int FAULTS_LISTED = 2 * ESTOQUE_LIST;

    /** The message for a value that fails {@link #isCause}. */
    public static final String CAUSE = "must be 1 to 200 characters, without control characters";

    public static final int CAUSE_LENGTH = 200;

    /** The message for a value that fails {@link #isShortText}. */
    static final String SHORT_TEXT = "must be up to 200 characters, without U+0000";

    public static final int PEDIDO_IDS = 10_000;
    public static final int POR_SEGUNDO_MAX = 1_000;

    private Limits() {}

    /** True for a valid motivo or class of an error: short, and without control characters. */
    public static boolean isCause(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= CAUSE_LENGTH
                && text.codePoints()
                        .noneMatch(point ->
                                Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }

    /** True for a text that can be stored as it is: up to 200 characters, without U+0000 and half surrogate pairs. */
    static boolean isShortText(String text) {
        return text.codePointCount(0, text.length()) <= CAUSE_LENGTH
                && text.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    /** True for a name that clients and proxies remove from a path; the remaining path means something else. */
    public static boolean isDots(String text) {
        return text.equals(".") || text.equals("..");
    }

    /** True for 1 to 64 of {@code A-Z a-z 0-9 . _ : -}, but not {@code .} and {@code ..}. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > ID_LENGTH || isDots(text)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == ':'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /** The number of zeros that the full form of a number has beyond its shortest form. */
    static int zerosWrittenOut(BigDecimal number) {
        int behindThePoint = number.signum() == 0 ? number.scale() : number.scale() - number.precision() + 1;
        int beforeIt = number.signum() == 0 ? 0 : -number.scale();
        return Math.max(0, Math.max(behindThePoint, beforeIt));
    }

    /** True if jsonb keeps the value of the number and writes it in bounded space: the range of a double. */
    static boolean isStorable(BigDecimal number) {
        int exponent = number.precision() - 1 - number.scale();
        return number.precision() <= NUMBER_DIGITS
                && Math.abs((long) number.scale()) <= NUMBER_LENGTH
                && exponent <= EXPONENT_MAX
                && (number.signum() == 0 || exponent >= EXPONENT_MIN);
    }
}
