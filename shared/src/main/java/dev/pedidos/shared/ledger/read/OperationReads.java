package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.operation.OperationStatus;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** Reads of operations and their events. The database writes the JSON as the client gets it. */
public final class OperationReads {
    /** Selects the operations to list; an empty filter selects all. */
    public record Filter(Optional<OperationStatus> status, Optional<String> recebedorId) {}

    private static final String ANSWER = Sql.named("operation_answer");
    private static final String KNOWN = "select exists (select from operations where external_id = ?)";
    private static final String FINISHED = "select external_id from operations"
            + " where external_id = any(?::text[]) and status in ('COMPLETED', 'REJECTED')";
    private static final String EVENTS = Sql.named("operation_events");
    private static final String PAGE = page("");
    private static final String PAGE_OF_RECEBEDOR = page("and o.recebedor_id = :recebedor_id::text");
    /** Operations without a state, whose events all wait, are listed too. */
    private static final List<String> STATES =
            Arrays.stream(OperationStatus.values()).map(OperationReads::stored).toList();

    private final Database database;
    private final int pageBytes;

    /** @param pageBytes a page ends early at this many; a larger answer is a page alone */
    public OperationReads(Database database, int pageBytes) {
        this.database = database;
        this.pageBytes = pageBytes;
    }

    private static String page(String ofRecebedor) {
        return Sql.fill(Sql.named("operations_page"), Map.of("of_recebedor", ofRecebedor));
    }

    public Optional<String> find(String externalId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ANSWER)
                        .bind(0, externalId)
                        .mapTo(String.class)
                        .findOne());
    }

    /** The operations among these that have reached a final state. */
    public Set<String> finished(Collection<String> externalIds) {
        return PageRead.of(
                database,
                handle -> handle.createQuery(FINISHED)
                        .bindArray(0, String.class, externalIds)
                        .mapTo(String.class)
                        .set());
    }

    /**
     * In the order received; empty if no event of this operation came.
     *
     * @param after the number of the last event of the page before, 0 for the first page
     */
    public Optional<Page<Long>> events(String externalId, long after, int limit) {
        return PageRead.of(database, handle -> {
            if (!handle.createQuery(KNOWN)
                    .bind(0, externalId)
                    .mapTo(Boolean.class)
                    .one()) {
                return Optional.empty();
            }
            Query query = handle.createQuery(EVENTS)
                    .setFetchSize(PageRead.FETCH)
                    .bind("external_id", externalId)
                    .bind("after", after)
                    .bind("rows", limit + 1);
            return Optional.of(Page.of(query, limit, pageBytes, row -> row.getLong("id")));
        });
    }

    /** Newest first. */
    public Page<Position> list(Filter filter, Optional<Position> after, int limit) {
        return PageRead.of(database, handle -> {
            Position before = after.orElse(Position.NEWEST);
            Query query = handle.createQuery(filter.recebedorId().isPresent() ? PAGE_OF_RECEBEDOR : PAGE)
                    .setFetchSize(PageRead.FETCH)
                    .bindArray(
                            "states",
                            String.class,
                            filter.status().map(one -> List.of(stored(one))).orElse(STATES))
                    .bind("ordem", before.ordem())
                    .bind("external_id", before.id())
                    .bind("rows", limit + 1);
            filter.recebedorId().ifPresent(id -> query.bind("recebedor_id", id));
            return Page.of(
                    query, limit, pageBytes, row -> new Position(row.getLong("ordem"), row.getString("external_id")));
        });
    }

    /** As the statement compares it. */
    private static String stored(OperationStatus status) {
        return status == OperationStatus.NONE ? "" : status.name();
    }
}
