package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.ledger.task.TaskStatus;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** Reads of tasks and their items. The database writes the JSON as the client gets it. */
public final class TaskReads {
    private static final String ANSWER = "select answer from task_answers where task_id = ?";
    private static final String TOTAL = "select total from tasks where task_id = ?";
    private static final String PAGE = Sql.named("tasks_page");
    private static final String ITEMS = items("true");
    private static final String ITEMS_OF_STATUS = items("item.status = :status::text");

    private final Database database;
    private final int pageBytes;

    /** @param pageBytes a page ends early at this many; a larger answer is a page alone */
    public TaskReads(Database database, int pageBytes) {
        this.database = database;
        this.pageBytes = pageBytes;
    }

    private static String items(String ofStatus) {
        return Sql.fill(Sql.named("task_items"), Map.of("of_status", ofStatus));
    }

    public Optional<String> find(String taskId) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(ANSWER)
                        .bind(0, taskId)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Newest first. */
    public Page<Position> list(Optional<TaskStatus> status, Optional<Position> after, int limit) {
        Position before = after.orElse(Position.NEWEST);
        return PageRead.of(
                database,
                handle -> Page.of(
                        handle.createQuery(PAGE)
                                .setFetchSize(PageRead.FETCH)
                                .bindArray("states", String.class, StatusFilter.names(status, TaskStatus.class))
                                .bind("ordem", before.ordem())
                                .bind("task_id", before.id())
                                .bind("rows", limit + 1),
                        limit,
                        pageBytes,
                        row -> new Position(row.getLong("ordem"), row.getString("task_id"))));
    }

    /**
     * In their order; empty if there is no such task.
     *
     * @param after the number of the last item of the page before, 0 for the first page
     */
    public Optional<Page<Long>> items(String taskId, Optional<String> status, long after, int limit) {
        return PageRead.of(
                database,
                handle -> handle.createQuery(TOTAL)
                        .bind(0, taskId)
                        .mapTo(Integer.class)
                        .findOne()
                        .map(total -> {
                            // Without a filter every item of the range is in the page.
                            long until = status.isPresent() ? total : Math.min(total, after + limit + 1);
                            Query query = handle.createQuery(status.isPresent() ? ITEMS_OF_STATUS : ITEMS)
                                    .setFetchSize(PageRead.FETCH)
                                    .bind("task_id", taskId)
                                    .bind("after", Math.min(after, total))
                                    .bind("until", until)
                                    .bind("rows", limit + 1);
                            status.ifPresent(wanted -> query.bind("status", wanted));
                            return Page.of(query, limit, pageBytes, row -> row.getLong("n"));
                        }));
    }
}
