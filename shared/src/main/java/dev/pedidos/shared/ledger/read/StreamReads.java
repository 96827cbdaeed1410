package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads events in the order of their ids, for streams. */
public final class StreamReads implements StreamLedger {

    /**
     * The newest committed event.
     *
     * @param writers transactions that may still commit events with lower ids; empty if it was known before
     */
    public record Newest(long id, Set<String> writers) {}

    /** An event, with the JSON of its data as UTF-8. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Event(long id, String pedidoId, String recebedorId, String type, byte[] data) {
        private static Event of(ResultSet row) throws SQLException {
            return new Event(
                    row.getLong("id"),
                    row.getString("pedido_id"),
                    row.getString("recebedor_id"),
                    row.getString("event_type"),
                    row.getString("data").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Events of a window of ids.
     *
     * @param until all wanted events up to this id are among them
     */
    public record Window(List<Event> events, long until) {}

    /**
     * The knowledge about a pedido whose stream is to begin.
     *
     * @param last the type of its last event, refusals aside; null if they were dropped with their month of the archive
     * @param lastId the id of that event
     * @param more there are events that the client does not have
     */
    public record Beginning(boolean known, @Nullable String last, long lastId, boolean more) {
        private static Beginning of(ResultSet row) throws SQLException {
            return new Beginning(
                    row.getBoolean("known"),
                    row.getString("last_type"),
                    row.getLong("last_id"),
                    row.getBoolean("more"));
        }
    }

    /** A pedido, and the id of the last event that the client has. */
    public record StreamOffset(String pedidoId, long after) {}

    private static final String NEWEST = Sql.named("events_newest");
    private static final String OF_MANY = PedidoEvents.named("events_of_many");
    private static final String OF_EACH = PedidoEvents.named("events_of_each");
    private static final String BEGINNINGS = PedidoEvents.named("stream_beginnings");
    private static final int FETCH = 200;

    private final Database database;
    private final int windowBytes;

    /** @param windowBytes a window ends early at this many; one event may be larger */
    public StreamReads(Database database, int windowBytes) {
        this.database = database;
        this.windowBytes = windowBytes;
    }

    /**
     * @param known the newest event that the caller knows
     * @param waiting it wants to know the writers in any case
     */
    @Override
    public Newest newest(long known, boolean waiting) {
        return PageRead.of(
                database,
                handle -> handle.createQuery(NEWEST)
                        .bind("known", known)
                        .bind("waiting", waiting)
                        .map((row, context) -> new Newest(row.getLong("id"), texts(row)))
                        .one());
    }

    private static Set<String> texts(ResultSet row) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) row.getArray("writers").getArray()));
    }

    /** Of these pedidos, and of the pedidos of these receivers: after an id, up to another one. */
    @Override
    public Window between(long after, long until, Collection<String> pedidos, Collection<String> recebedores) {
        return PageRead.of(database, handle -> {
            var query = handle.createQuery(OF_MANY)
                    .setFetchSize(FETCH)
                    .bind("after", after)
                    .bind("until", until)
                    .bind("bytes", windowBytes)
                    .bindArray("pedidos", String.class, pedidos)
                    .bindArray("recebedores", String.class, recebedores);
            List<Event> events = new ArrayList<>();
            long bytes = 0;
            try (var rows = query.map((row, context) -> new Sized(Event.of(row), row.getLong("so_far")))
                    .iterator()) {
                while (rows.hasNext()) {
                    Sized next = rows.next();
                    events.add(next.event());
                    bytes = next.soFar();
                }
            }
            return new Window(events, bytes >= windowBytes ? events.getLast().id() : until);
        });
    }

    private record Sized(Event event, long soFar) {}

    /**
     * The first events of each pedido after its offset, up to an id.
     *
     * @param rows the most of one pedido
     */
    @Override
    public List<Event> ofEach(List<StreamOffset> offsets, long until, int rows) {
        return PageRead.of(
                database,
                handle -> bindOffsets(handle.createQuery(OF_EACH), offsets)
                        .setFetchSize(FETCH)
                        .bind("until", until)
                        .bind("rows", rows)
                        .map((row, context) -> Event.of(row))
                        .list());
    }

    @Override
    public Map<StreamOffset, Beginning> beginnings(Collection<StreamOffset> offsets) {
        return PageRead.of(database, handle -> {
            Map<StreamOffset, Beginning> found = new HashMap<>();
            bindOffsets(handle.createQuery(BEGINNINGS), offsets)
                    .map((row, context) -> Map.entry(
                            new StreamOffset(row.getString("pedido_id"), row.getLong("after")), Beginning.of(row)))
                    .forEach(each -> found.put(each.getKey(), each.getValue()));
            return found;
        });
    }

    private static Query bindOffsets(Query query, Collection<StreamOffset> offsets) {
        return query.bindArray(
                        "pedidos",
                        String.class,
                        offsets.stream().map(StreamOffset::pedidoId).toList())
                .bindArray(
                        "after",
                        Long.class,
                        offsets.stream().map(StreamOffset::after).toList());
    }
}
