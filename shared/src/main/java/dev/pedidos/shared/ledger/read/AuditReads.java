package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Reads the calls that handlers made. The database writes the JSON as the client gets it. */
public final class AuditReads {
    /** Selects the calls to list; an empty filter selects all. */
    public record Filter(Optional<String> dependencia, Optional<String> taskId) {}

    private static final String PAGE = Sql.named("audit_page");
    private static final String OF_DEPENDENCIA = " and c.dependencia = :dependencia::text";
    private static final String OF_TASK = " and c.task_id = :task_id::text";

    private final Database database;
    private final int pageBytes;

    /** @param pageBytes a page ends early at this many; a larger answer is a page alone */
    public AuditReads(Database database, int pageBytes) {
        this.database = database;
        this.pageBytes = pageBytes;
    }

    /**
     * Newest first.
     *
     * @param before the number of the last call of the page before; empty: from the newest one
     */
    public Page<Long> list(Filter filter, Optional<Long> before, int limit) {
        return PageRead.of(database, handle -> {
            String where = filter.dependencia().map(any -> OF_DEPENDENCIA).orElse("")
                    + filter.taskId().map(any -> OF_TASK).orElse("");
            Query query = handle.createQuery(Sql.fill(PAGE, Map.of("where", where)))
                    .setFetchSize(PageRead.FETCH)
                    .bind("before", before.orElse(Long.MAX_VALUE))
                    .bind("rows", limit + 1);
            filter.dependencia().ifPresent(name -> query.bind("dependencia", name));
            filter.taskId().ifPresent(id -> query.bind("task_id", id));
            return Page.of(query, limit, pageBytes, row -> row.getLong("id"));
        });
    }
}
