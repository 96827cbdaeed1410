package dev.pedidos.shared.ledger.read;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/**
 * One page of a list, as the client gets it.
 *
 * @param answers in JSON
 * @param next the place of the last one, if there are more
 * @param <P> a place in the list
 */
public record Page<P>(List<String> answers, Optional<P> next) {

    @FunctionalInterface
    public interface Place<P> {
        P of(ResultSet row) throws SQLException;
    }

    private record Row<P>(P place, String answer) {}

    /**
     * @param query has one row more than the page, if there are more; each has its {@code answer}
     * @param bytes the page ends early at this many; a larger answer is a page alone
     */
    public static <P> Page<P> of(Query query, int limit, int bytes, Place<P> place) {
        List<String> answers = new ArrayList<>();
        PageCut<P> cut = new PageCut<>(limit, bytes);
        try (var rows = query.map((row, context) -> new Row<>(place.of(row), row.getString("answer")))
                .iterator()) {
            while (rows.hasNext()) {
                Row<P> row = rows.next();
                if (!cut.take(row.place(), row.answer().length())) {
                    break;
                }
                answers.add(row.answer());
            }
        }
        return new Page<>(answers, cut.next());
    }
}
