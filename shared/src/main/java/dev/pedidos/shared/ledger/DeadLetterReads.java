package dev.pedidos.shared.ledger;

import dev.pedidos.shared.message.DeadLetterFilter;
import dev.pedidos.shared.text.RootLocale;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What operators look at: dead letters, and the receivers that wait. The JSON comes out of the database as it is answered. */
public final class DeadLetterReads {

    /** A place in the list of dead letters. */
    public record Position(Instant ultimaFalhaEm, String pedidoId) {}

    /**
     * A part of a list.
     *
     * @param next the place of its last entry, if there are more
     */
    public record Page<P>(List<String> answers, Optional<P> next) {}

    /**
     * Dead letters in figures.
     *
     * @param heldReceivers that wait for one
     * @param published which the queue of dead letters should hold
     */
    public record Counts(long dead, long heldReceivers, long published) {}

    private record Row<P>(P position, String answer) {}

    private static final String HELD = Sql.named("held_receivers");
    private static final String RECEIVERS = Sql.named("receivers");
    private static final String COUNTS = Sql.named("dead_letter_counts");
    private static final String GROUPS = """
            select coalesce(json_agg(grupo), '[]')::text
            from (
                select json_build_object(
                    'motivo', motivo, 'erro_classe', erro_classe, 'tipo', tipo, 'total', count(*),
                    'primeira_em', rfc3339(min(ultima_falha_em)), 'ultima_em', rfc3339(max(ultima_falha_em))) as grupo
                from dead_letter_answers
                where true%s
                group by motivo, erro_classe, tipo
                order by count(*) desc, motivo, erro_classe, tipo
            ) grupos""";

    private final Database database;

    public DeadLetterReads(Database database) {
        this.database = database;
    }

    /** The last failure first. */
    public Page<Position> list(DeadLetterFilter filter, Optional<Position> after, int limit) {
        String statement = "select ultima_falha_em, pedido_id, answer from dead_letter_answers where true"
                + DeadLetterConditions.sql(filter)
                + (after.isPresent() ? " and (ultima_falha_em, pedido_id) < (:after_em, :after_id)" : "")
                + " order by ultima_falha_em desc, pedido_id desc limit :rows";
        return database.jdbi().withHandle(handle -> {
            var query = DeadLetterConditions.bind(handle.createQuery(statement), filter)
                    .bind("rows", limit + 1);
            after.ifPresent(position -> query.bind("after_em", DeadLetterConditions.utc(position.ultimaFalhaEm()))
                    .bind("after_id", position.pedidoId()));
            return page(
                    query.map((row, context) -> new Row<>(
                                    new Position(
                                            row.getObject(1, OffsetDateTime.class)
                                                    .toInstant(),
                                            row.getString(2)),
                                    row.getString(3)))
                            .list(),
                    limit);
        });
    }

    /** By cause, the most frequent first: a JSON array. */
    public String groups(DeadLetterFilter filter) {
        return database.jdbi()
                .withHandle(handle -> DeadLetterConditions.bind(
                                handle.createQuery(RootLocale.format(GROUPS, DeadLetterConditions.sql(filter))), filter)
                        .mapTo(String.class)
                        .one());
    }

    /**
     * By recebedor_id.
     *
     * @param retido only those that a dead letter holds, only the others; empty: all that have a line
     */
    public Page<String> receivers(Optional<Boolean> retido, String after, int limit) {
        return database.jdbi().withHandle(handle -> {
            boolean onlyHeld = retido.orElse(false);
            var query = handle.createQuery(onlyHeld ? HELD : RECEIVERS).bind(0, after);
            if (onlyHeld) {
                query.bind(1, limit + 1);
            } else {
                query.bind(1, retido.isEmpty()).bind(2, limit + 1);
            }
            return page(
                    query.map((row, context) -> new Row<>(row.getString(1), row.getString(2)))
                            .list(),
                    limit);
        });
    }

    public Counts counts() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COUNTS)
                        .map((row, context) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
                        .one());
    }

    private static <P> Page<P> page(List<Row<P>> rows, int limit) {
        boolean more = rows.size() > limit;
        List<Row<P>> shown = more ? rows.subList(0, limit) : rows;
        Function<Row<P>, String> answer = Row::answer;
        return new Page<>(
                shown.stream().map(answer).toList(),
                more ? Optional.of(shown.getLast().position()) : Optional.empty());
    }
}
