package dev.pedidos.shared.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads that answer HTTP: the JSON comes out of the database as it goes to the client. */
public final class PedidoReads {

    /** Which pedidos to list; an empty filter takes all. */
    public record Filter(Optional<String> status, Optional<String> recebedorId, Optional<String> tipo) {}

    /** A place in the list. */
    public record Position(long ordem, String pedidoId) {}

    /**
     * A part of the list, not read yet.
     *
     * @param bytes of all its answers, about
     * @param next the last one of this page, if there are more
     */
    public record Page(List<String> pedidoIds, long bytes, Optional<Position> next) {}

    /**
     * A pedido's answer.
     *
     * @param bytes that it has, about
     * @param small null where it is large: it is read by itself then
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Found(long bytes, byte @Nullable [] small) {}

    private record Row(Position position, int bytes) {}

    private static final String ANSWER = Sql.named("pedido_answer");
    private static final String EVENTS = Sql.named("pedido_events");
    private static final String ANSWERS = Sql.named("pedido_answers");
    /** A few: measuring one that an older version noted may take a tenth of a second. */
    private static final int FETCH = 10;


    private final Database database;
    private final int pageBytes;

    /** @param pageBytes at which a page ends early; a single larger answer is a page alone */
    public PedidoReads(Database database, int pageBytes) {
        this.database = database;
        this.pageBytes = pageBytes;
    }

    public Optional<Found> find(String pedidoId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ANSWER)
                        .bind(0, pedidoId)
                        .map((row, context) -> new Found(row.getInt(1), row.getBytes(2)))
                        .findOne());
    }

    public Optional<String> events(String pedidoId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(EVENTS)
                        .bind(0, pedidoId)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Newest first. Only the sizes are read. */
    public Page page(Filter filter, Optional<Position> after, int limit) {
        // A transaction: outside of one the driver ignores the fetch size, and measures more than the page needs.
        return database.jdbi().inTransaction(handle -> {
            Query query =
                    handle.createQuery(statement(filter, after.isPresent())).setFetchSize(FETCH);
            filter.status().ifPresent(status -> query.bind("status", status));
            filter.recebedorId().ifPresent(id -> query.bind("recebedor_id", id));
            filter.tipo().ifPresent(tipo -> query.bind("tipo", tipo));
            after.ifPresent(position -> query.bind("ordem", position.ordem()).bind("pedido_id", position.pedidoId()));
            query.bind("rows", limit + 1);
            PageCut<Position> cut = new PageCut<>(limit, pageBytes);
            try (ResultIterator<Row> rows = query.map((row, context) -> new Row(
                            new Position(row.getLong("ordem"), row.getString("pedido_id")), row.getInt("answer_bytes")))
                    .iterator()) {
                boolean more = true;
                while (more && rows.hasNext()) {
                    Row row = rows.next();
                    more = cut.take(row.position(), row.bytes());
                }
            }
            return new Page(
                    cut.taken().stream().map(Position::pedidoId).toList(), cut.bytes(), cut.next());
        });
    }

    /** In UTF-8, newest first. */
    public List<byte[]> answers(List<String> pedidoIds) {
        return database.jdbi().withHandle(handle -> handle.createQuery(ANSWERS)
                .bindArray(0, String.class, pedidoIds)
                .map((row, context) -> row.getBytes(1))
                .list());
    }

    /** Only the conditions that are asked for, so that each combination is planned with the index that fits it. */
    private static String statement(Filter filter, boolean after) {
        return "select ordem, pedido_id, answer_bytes from pedido_answers where true"
                + (filter.status().isPresent() ? " and status = :status" : "")
                + (filter.recebedorId().isPresent() ? " and recebedor_id = :recebedor_id" : "")
                + (filter.tipo().isPresent() ? " and tipo = :tipo" : "")
                + (after ? " and (ordem, pedido_id) < (:ordem, :pedido_id)" : "")
                + " order by ordem desc, pedido_id desc limit :rows";
    }
}
