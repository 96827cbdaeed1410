package dev.pedidos.api.tasks;

import dev.pedidos.api.http.Parameters;
import dev.pedidos.api.page.Cursor;
import dev.pedidos.shared.ledger.read.Position;
import dev.pedidos.shared.ledger.task.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of {@code GET /tasks}, checked. */
record TasksQuery(Optional<TaskStatus> status, Optional<Position> after, int limit) {
    static final Cursor<Position> CURSOR = Cursor.byPosition("tasks");

    private static final Set<TaskStatus> STATES = EnumSet.allOf(TaskStatus.class);

    /** @throws dev.pedidos.shared.message.InvalidFields with every faulty parameter */
    static TasksQuery of(Map<String, List<String>> given) {
        var parameters = new Parameters(given);
        Optional<TaskStatus> status = parameters.oneOf("status", STATES, "must be a state of a task");
        int limit = parameters.limit();
        Optional<Position> after = parameters.read("cursor", CURSOR::place, Parameters.CURSOR);
        parameters.throwIfFaulty();
        return new TasksQuery(status, after, limit);
    }
}
