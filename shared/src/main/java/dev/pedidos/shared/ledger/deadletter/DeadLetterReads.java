package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.read.Page;
import dev.pedidos.shared.ledger.read.PageRead;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Lists for operators: dead letters, and waiting receivers. The database builds the JSON of the answers. */
public final class DeadLetterReads {

    /** The place of an entry in the list of dead letters. */
    public record LetterPosition(Instant ultimaFalhaEm, String pedidoId) {}

    /**
     * Numbers of dead letters.
     *
     * @param heldReceivers receivers that a dead letter holds
     * @param published dead letters that should be in their queue
     */
    public record Counts(long dead, long heldReceivers, long published) {
        private static Counts of(ResultSet row) throws SQLException {
            return new Counts(row.getLong("dead"), row.getLong("held"), row.getLong("published"));
        }
    }

    private record Receiver(String id, @Nullable String answer) {
        private static Receiver of(ResultSet row) throws SQLException {
            return new Receiver(row.getString("recebedor_id"), row.getString("answer"));
        }
    }

    private record Row<P>(P position, String answer) {
        private static Row<LetterPosition> of(ResultSet row) throws SQLException {
            var failedAt =
                    row.getObject("ultima_falha_em", OffsetDateTime.class).toInstant();
            return new Row<>(new LetterPosition(failedAt, row.getString("pedido_id")), row.getString("answer"));
        }
    }

    private static final String NEWEST = Sql.named("dead_letters_newest");
    private static final String CAUSES = Sql.named("dead_letter_causes") + "\n";
    private static final String PAGE = CAUSES + Sql.named("dead_letters_page");
    private static final String GROUPS = CAUSES + Sql.named("dead_letter_groups");
    private static final String RECEIVERS = Sql.named("receivers");
    private static final String COUNTS = Sql.named("dead_letter_counts");
    /** Receivers that a page may examine beyond those that it shows: the head of a line may not fit the filter. */
    private static final int MOST_LEFT_OUT = 1000;
    /** Counts stop here, so that their cost does not grow with the length of a line. */
    private static final int MOST_COUNTED = 10_000;

    private final Database database;

    public DeadLetterReads(Database database) {
        this.database = database;
    }

    /** Dead letters, the last failure first. */
    public Page<LetterPosition> list(DeadLetterFilter filter, Optional<LetterPosition> after, int limit) {
        return PageRead.of(database, handle -> {
            var query = bind(handle, DeadLetterConditions.isOfAll(filter) ? NEWEST : PAGE, filter)
                    .bind(
                            "after_em",
                            after.map(at -> DeadLetterConditions.utc(at.ultimaFalhaEm()))
                                    .orElse(OffsetDateTime.MAX))
                    .bind("after_id", after.map(LetterPosition::pedidoId).orElse(""))
                    .bind("rows", limit + 1);
            return page(query.map((row, context) -> Row.of(row)).list(), limit);
        });
    }

    /** Groups of dead letters by cause, the most frequent first: a JSON array. */
    public String groups(DeadLetterFilter filter) {
        return PageRead.of(
                database,
                handle -> bind(handle, GROUPS, filter).mapTo(String.class).one());
    }

    private static Query bind(Handle handle, String statement, DeadLetterFilter filter) {
        String ofRecebedor = filter.recebedorId().isPresent() ? "and p.recebedor_id = :recebedor_id::text" : "";
        Query query = handle.createQuery(Sql.fill(statement, Map.of("of_recebedor", ofRecebedor)))
                .bind("motivo", filter.motivo().orElse(null))
                .bind("erro_classe", filter.erroClasse().orElse(null))
                .bind("tipo", filter.tipo().orElse(null))
                .bind("desde", filter.desde().map(DeadLetterConditions::utc).orElse(OffsetDateTime.MIN))
                .bind("ate", filter.ate().map(DeadLetterConditions::utc).orElse(OffsetDateTime.MAX));
        filter.recebedorId().ifPresent(id -> query.bind("recebedor_id", id));
        return query;
    }

    /**
     * Waiting receivers by recebedor_id. A page may have fewer entries than {@code limit} and still not be the last
     * one.
     *
     * @param retido true: only receivers that a dead letter holds; false: only the others; empty: all with a line
     */
    public Page<String> receivers(Optional<Boolean> retido, String after, int limit) {
        return PageRead.of(database, handle -> {
            List<Row<String>> shown = new ArrayList<>();
            Optional<String> lookedAt = Optional.empty();
            for (Receiver receiver : lookAt(handle, retido, after, limit)) {
                if (receiver.answer() == null) {
                    lookedAt = Optional.of(receiver.id());
                } else {
                    shown.add(new Row<>(receiver.id(), receiver.answer()));
                }
            }
            Page<String> page = page(shown, limit);
            return page.next().isPresent() ? page : new Page<>(page.answers(), lookedAt);
        });
    }

    private static List<Receiver> lookAt(Handle handle, Optional<Boolean> retido, String after, int limit) {
        return handle.createQuery(Sql.fill(RECEIVERS, Map.of("line", retido.orElse(false) ? "held" : "in_line")))
                .bind("after", after)
                .bind("retido", retido.orElse(null))
                .bind("most_looked_at", limit + MOST_LEFT_OUT)
                .bind("most_counted", MOST_COUNTED)
                .bind("rows", limit + 1)
                .map((row, context) -> Receiver.of(row))
                .list();
    }

    public Counts counts() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(COUNTS)
                        .map((row, context) -> Counts.of(row))
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
