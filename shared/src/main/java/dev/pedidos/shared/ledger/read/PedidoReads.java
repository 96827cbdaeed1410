package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads that answer HTTP. The database writes the JSON as the client gets it. */
public final class PedidoReads {

    /** Selects the pedidos to list; an empty filter selects all. */
    public record Filter(Optional<String> status, Optional<String> recebedorId, Optional<String> tipo) {}

    /**
     * A page of the list; its answers are not read yet.
     *
     * @param bytes of all its answers, about
     * @param next the place of its last pedido, if there are more
     */
    public record IdPage(List<String> pedidoIds, long bytes, Optional<Position> next) {}

    /**
     * A pedido's answer.
     *
     * @param bytes its size, about
     * @param small null if it is large: then it is read by itself
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Found(long bytes, byte @Nullable [] small) {
        private static Found of(ResultSet row) throws SQLException {
            return new Found(row.getInt("answer_bytes"), row.getBytes("answer"));
        }
    }

    private static final String ANSWER = Sql.named("pedido_answer");
    private static final String KNOWN_ANSWER = Sql.named("known_pedido_answer");
    private static final String KNOWN = "select exists (select from pedidos where pedido_id = :pedido_id)"
            + " or exists (select from arquivados where pedido_id = :pedido_id)";
    private static final String EVENTS = PedidoEvents.named("pedido_events");
    private static final String ANSWERS = Sql.named("pedido_answers");
    private static final String KNOWN_ANSWERS = Sql.named("known_pedido_answers");
    private static final String IN_STATES = Sql.named("pedidos_in_states");
    private final Database database;
    private final int pageBytes;

    /** @param pageBytes a page ends early at this many; a larger answer is a page alone */
    public PedidoReads(Database database, int pageBytes) {
        this.database = database;
        this.pageBytes = pageBytes;
    }

    public Optional<Found> find(String pedidoId) {
        return database.jdbi()
                .withHandle(handle -> find(handle, ANSWER, pedidoId).or(() -> find(handle, KNOWN_ANSWER, pedidoId)));
    }

    private static Optional<Found> find(Handle handle, String statement, String pedidoId) {
        return handle.createQuery(statement)
                .bind(0, pedidoId)
                .map((row, context) -> Found.of(row))
                .findOne();
    }

    /** The pedidos among these that are final or dead letters. */
    public Set<String> finished(Collection<String> pedidoIds) {
        return in(
                List.of(
                        PedidoStatus.COMPLETED,
                        PedidoStatus.REJECTED,
                        PedidoStatus.DEAD_LETTERED,
                        PedidoStatus.DISCARDED,
                        PedidoStatus.CANCELLED),
                pedidoIds);
    }

    /** The pedidos among these that have no effect, and will have none. */
    public Set<String> cancelled(Collection<String> pedidoIds) {
        return in(List.of(PedidoStatus.REJECTED, PedidoStatus.DISCARDED, PedidoStatus.CANCELLED), pedidoIds);
    }

    private Set<String> in(List<PedidoStatus> states, Collection<String> pedidoIds) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(IN_STATES)
                        .bindArray("pedido_ids", String.class, pedidoIds)
                        .bindArray(
                                "states",
                                String.class,
                                states.stream().map(PedidoStatus::name).toList())
                        .mapTo(String.class)
                        .set());
    }

    /**
     * Oldest first; empty if no pedido has this id.
     *
     * @param after the number of the last event of the page before, 0 for the first page
     */
    public Optional<Page<Long>> events(String pedidoId, long after, int limit) {
        return PageRead.of(database, handle -> {
            if (!handle.createQuery(KNOWN)
                    .bind("pedido_id", pedidoId)
                    .mapTo(Boolean.class)
                    .one()) {
                return Optional.empty();
            }
            var query = handle.createQuery(EVENTS)
                    .setFetchSize(PageRead.FETCH)
                    .bind("pedido_id", pedidoId)
                    .bind("after", after)
                    .bind("rows", limit + 1);
            return Optional.of(Page.of(query, limit, pageBytes, row -> row.getLong("id")));
        });
    }

    /** Newest first. Reads places and sizes only. */
    public IdPage page(Filter filter, Optional<Position> after, int limit) {
        return PageRead.of(
                database,
                handle -> new PedidoList(handle, filter, after.orElse(Position.NEWEST), limit, pageBytes).read());
    }

    /**
     * In UTF-8, newest first.
     *
     * @param status without the pedidos that are in another one by now; empty: all
     */
    public List<byte[]> answers(List<String> pedidoIds, Optional<String> status) {
        return database.jdbi().withHandle(handle -> {
            List<Optional<byte[]>> live = answers(handle, ANSWERS, pedidoIds, status);
            var found = live.size() == pedidoIds.size() ? live : answers(handle, KNOWN_ANSWERS, pedidoIds, status);
            return found.stream().flatMap(Optional::stream).toList();
        });
    }

    /** One for each pedido that was found; empty if it is in another status. */
    private static List<Optional<byte[]>> answers(
            Handle handle, String statement, List<String> pedidoIds, Optional<String> status) {
        return handle.createQuery(statement)
                .bindArray("pedido_ids", String.class, pedidoIds)
                .bind("status", status.orElse(null))
                .map((row, context) -> Optional.ofNullable(row.getBytes("answer")))
                .list();
    }
}
