package dev.pedidos.shared.message;

import java.math.BigDecimal;
import java.util.Set;

/** What a body may hold: every bound of the contract, as data. Lengths are in characters unless the name says bytes. */
public final class Limits {
    public static final int BODY_BYTES = 256 * 1024;
    /** Of what was accepted, as we write it: with its pedido_id and tipo, and 1E+9 for 1e9. */
    public static final int MESSAGE_BYTES = 2 * BODY_BYTES;

    /** That the numbers of a body may grow by when PostgreSQL writes them out in full: some thousand of 1e308, any number of 1e9. */
    public static final int GROWN_CHARS = 1024 * 1024;

    public static final int BATCH_BODY_BYTES = 4 * 1024 * 1024;
    public static final int NESTING = 32;

    /** What {@link #isId} demands. */
    public static final String ID = "must be 1 to 64 of A-Z a-z 0-9 . _ : -";

    /** What it demands of {@link #isDots}. */
    static final String NO_DOTS = "must not be . or .., which clients and proxies take out of addresses";

    public static final int ID_LENGTH = 64;
    public static final int ITENS = 100;
    public static final long QUANTIDADE_MIN = 1;
    public static final long QUANTIDADE_MAX = 1_000_000;
    public static final long PRECO_CENTAVOS_MAX = 1_000_000_000_000L;
    public static final long DISPONIVEL_MAX = 1_000_000_000;
    public static final int ESTOQUE_LIST = 10_000;
    public static final Set<String> ORIGENS = Set.of("web", "mobile", "api");

    /** A longer number is out of every range, unread: its conversion takes time that grows with the square of its length. */
    public static final int NUMBER_LENGTH = 1_000;
    /** With these two a number stays readable (and below NUMBER_LENGTH) when PostgreSQL writes it out in full. */
    public static final int NUMBER_DIGITS = 500;

    public static final int EXPONENT_MAX = 308;
    public static final int EXPONENT_MIN = -324;

    /** More faults than this are not listed one by one: both fields of every line of the longest list. */
    public static final int FAULTS_LISTED = 2 * ESTOQUE_LIST;

    /** What {@link #isCause} demands. */
    public static final String CAUSE = "must be 1 to 200 characters, without control characters";

    public static final int CAUSE_LENGTH = 200;
    public static final int PEDIDO_IDS = 10_000;
    public static final int POR_SEGUNDO_MAX = 1_000;

    private Limits() {}

    /** True for a motivo or the name of an error's class: short, and without control characters. */
    public static boolean isCause(String text) {
        return !text.isBlank()
                && text.length() <= CAUSE_LENGTH
                && text.codePoints()
                        .noneMatch(point ->
                                Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }

    /** True for what vanishes from addresses; what is left is the address of something else. */
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

    /** The zeros that the plain form of a number has and its shortest form does not need to have. */
    static int zerosWrittenOut(BigDecimal number) {
        int behindThePoint = number.signum() == 0 ? number.scale() : number.scale() - number.precision() + 1;
        int beforeIt = number.signum() == 0 ? 0 : -number.scale();
        return Math.max(0, Math.max(behindThePoint, beforeIt));
    }

    /** True if jsonb keeps the number by value and can write it in bounded space: the range of a double. */
    static boolean isStorable(BigDecimal number) {
        int exponent = number.precision() - 1 - number.scale();
        return number.precision() <= NUMBER_DIGITS
                && Math.abs((long) number.scale()) <= NUMBER_LENGTH
                && exponent <= EXPONENT_MAX
                && (number.signum() == 0 || exponent >= EXPONENT_MIN);
    }
}
