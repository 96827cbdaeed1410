package dev.pedidos.shared.ledger;

import java.util.stream.Stream;

/** The text of a failure of the database. {@link LedgerFault} classifies it. */
public final class FaultText {

    private static final int LONGEST_TEXT = 300;

    private FaultText() {}

    /** The database's message for a log line, unless it could repeat the content of a row. */
    public static String describe(Throwable failure) {
        String state = LedgerFault.stateOf(failure);
        String text = switch (SqlStates.kindOf(state)) {
            case OUTAGE, LOGIN, CONTENTION, CANCELLED, CONFIGURATION -> firstLine(failure, state);
            case CONTENT, OTHER -> "";
        };
        return Stream.of(state.isEmpty() ? "" : "SQLSTATE " + state, text, hint(state))
                .filter(part -> !part.isEmpty())
                .reduce((before, after) -> before + ": " + after)
                .orElse("no connection");
    }

    private static String hint(String state) {
        return SqlStates.isPreparedElsewhere(state)
                ? "is there a pooler that changes sessions between transactions? It has to work in session mode"
                : "";
    }

    /** The first line of the database's message. It may quote the content of a row: do not log it. */
    public static String text(Throwable failure) {
        return firstLine(failure, LedgerFault.stateOf(failure));
    }

    private static String firstLine(Throwable failure, String state) {
        String text = LedgerFault.sqlIn(failure)
                .filter(sql -> state.isEmpty() || state.equals(ForeignFailure.read(sql::getSQLState)))
                .reduce((outer, inner) -> inner)
                .map(ForeignFailure::message)
                .flatMap(message -> message.lines().findFirst())
                .orElse("");
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
}
