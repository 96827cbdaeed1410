package dev.pedidos.shared.ledger.turn;

import dev.pedidos.shared.ledger.ForeignFailure;
import dev.pedidos.shared.ledger.LedgerFault;

/**
 * Why an attempt failed, as it is recorded: no payload, no stack trace. Any text may be given. Characters that the database
 * refuses are replaced, and long text is cut.
 */
public record Failure(String erroClasse, String erroMensagem) {

    /** The erro_classe of an attempt that ended with its worker. */
    public static final String WORKER_ENDED = "WorkerDerrubado";

    /** The erro_classe of a tipo that nobody handles. */
    public static final String UNKNOWN_TIPO = "UnknownTipo";

    private static final int LONGEST_CLASS = 200;
    private static final int LONGEST_MESSAGE = 500;
    private static final char REPLACEMENT = '\uFFFD';

    public Failure {
        erroClasse = recordable(erroClasse, LONGEST_CLASS);
        erroMensagem = recordable(erroMensagem, LONGEST_MESSAGE);
    }

    /** The text that may be recorded. A database may repeat the content of a row, so of its failures only the code is. */
    public static Failure of(Throwable failure) {
        if (LedgerFault.kindOf(failure).isEmpty()) {
            return inItsWords(failure);
        }
        String whose = LedgerFault.cameFromAnotherDatabase(failure) ? " of another database" : "";
        return new Failure("SQLException", "SQLSTATE " + LedgerFault.stateOf(failure) + whose);
    }

    /** As one of ours says it itself, whatever caused it. */
    public static Failure inItsWords(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return new Failure(name.isEmpty() ? failure.getClass().getName() : name, ForeignFailure.message(failure));
    }

    /** For a failure whose text the database refuses. */
    public static Failure notRecordable(String erroClasse, String sqlState) {
        return new Failure(
                erroClasse.chars().allMatch(c -> c >= ' ' && c < 127) ? erroClasse : "Failure",
                "its message cannot be recorded: SQLSTATE " + sqlState);
    }

    /** Neither U+0000, which PostgreSQL's text cannot hold, nor half a surrogate pair. */
    private static String recordable(String text, int longest) {
        var kept = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && kept.length() < longest; ) {
            int each = text.codePointAt(i);
            i += Character.charCount(each);
            boolean half = each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE;
            if (each == 0 || half) {
                kept.append(REPLACEMENT);
            } else if (kept.length() + Character.charCount(each) <= longest) {
                kept.appendCodePoint(each);
            } else {
                break;
            }
        }
        return kept.toString();
    }
}
