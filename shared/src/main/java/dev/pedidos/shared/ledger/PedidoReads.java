package dev.pedidos.shared.ledger;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;

/** Reads that answer HTTP: the JSON comes out of the database as it goes to the client. */
public final class PedidoReads {

    /** Which pedidos to list; an empty filter takes all. */
    public record Filter(Optional<String> status, Optional<String> recebedorId, Optional<String> tipo) {}

    /** A place in the list. */
    public record Position(long ordem, String pedidoId) {}

    /**
     * A part of the list.
     *
     * @param next the last one of this page, if there are more
     */
    public record Page(List<String> answers, Optional<Position> next) {}

    private record Row(Position position, String answer) {}

    private static final String ANSWER = Sql.named("pedido_answer");
    private static final String EVENTS = Sql.named("pedido_events");
    private static final int FETCH = 50;
    /** A page ends early rather than grow beyond this: a single pedido may have a quarter of a megabyte. */
    private static final int PAGE_CHARS = 4 * 1024 * 1024;

    private final Database database;

    public PedidoReads(Database database) {
        this.database = database;
    }

    public Optional<String> answer(String pedidoId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ANSWER)
                        .bind(0, pedidoId)
                        .mapTo(String.class)
                        .findOne());
    }

    public Optional<String> events(String pedidoId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(EVENTS)
                        .bind(0, pedidoId)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Newest first. */
    public Page list(Filter filter, Optional<Position> after, int limit) {
        // A transaction: outside of one the driver ignores the fetch size and reads the whole page into memory.
        return database.jdbi().inTransaction(handle -> {
            Query query =
                    handle.createQuery(statement(filter, after.isPresent())).setFetchSize(FETCH);
            filter.status().ifPresent(status -> query.bind("status", status));
            filter.recebedorId().ifPresent(id -> query.bind("recebedor_id", id));
            filter.tipo().ifPresent(tipo -> query.bind("tipo", tipo));
            after.ifPresent(position -> query.bind("ordem", position.ordem()).bind("pedido_id", position.pedidoId()));
            query.bind("rows", limit + 1);
            try (ResultIterator<Row> rows = query.map((row, context) -> new Row(
                            new Position(row.getLong("ordem"), row.getString("pedido_id")), row.getString("answer")))
                    .iterator()) {
                return page(rows, limit);
            }
        });
    }

    private static Page page(Iterator<Row> rows, int limit) {
        List<String> answers = new ArrayList<>();
        Optional<Position> last = Optional.empty();
        int chars = 0;
        while (rows.hasNext()) {
            if (answers.size() == limit || chars > PAGE_CHARS) {
                return new Page(answers, last);
            }
            Row row = rows.next();
            answers.add(row.answer());
            chars += row.answer().length();
            last = Optional.of(row.position());
        }
        return new Page(answers, Optional.empty());
    }

    /** Only the conditions that are asked for, so that each combination is planned with the index that fits it. */
    private static String statement(Filter filter, boolean after) {
        return "select ordem, pedido_id, answer from pedido_answers where true"
                + (filter.status().isPresent() ? " and status = :status" : "")
                + (filter.recebedorId().isPresent() ? " and recebedor_id = :recebedor_id" : "")
                + (filter.tipo().isPresent() ? " and tipo = :tipo" : "")
                + (after ? " and (ordem, pedido_id) < (:ordem, :pedido_id)" : "")
                + " order by ordem desc, pedido_id desc limit :rows";
    }
}
