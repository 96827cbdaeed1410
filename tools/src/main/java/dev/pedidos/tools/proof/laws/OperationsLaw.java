package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.OperationStatus;
import dev.pedidos.shared.text.RootLocale;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored events of each operation, folded by the state machine, give its row and the outcome of each event. Reads
 * them once, one operation after the other.
 */
public final class OperationsLaw {
    public static final String NAME = "operations-follow-from-their-events";

    private static final int FETCH = 5_000;
    private static final String HISTORY = Sql.read(OperationsLaw.class, "/operations/history.sql");
    /** As workers decided; an event without a decision comes last. */
    private static final String AS_DECIDED = " order by external_id, effect nulls last, event_id";

    private final Connection snapshot;
    private final JudgingLimit limit;
    private final List<String> examples = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private long events;
    private long operations;
    private long dropped;
    private long violations;

    private OperationsLaw(Connection snapshot, JudgingLimit limit) {
        this.snapshot = snapshot;
        this.limit = limit;
    }

    static Verdict check(Connection snapshot, Scope scope, JudgingLimit limit) throws SQLException {
        var law = new OperationsLaw(snapshot, limit);
        limit.apply(snapshot, NAME + " was judged");
        try (var statement = snapshot.createStatement()) {
            statement.setFetchSize(FETCH);
            try (var row = statement.executeQuery(scope.query("*", HISTORY) + AS_DECIDED)) {
                law.read(row);
            }
        }
        return new Verdict(NAME, law.counted(), law.violations, law.examples, law.ids);
    }

    private String counted() {
        String judged = RootLocale.format("%d events of %d operations", events, operations);
        return dropped == 0
                ? judged
                : judged + RootLocale.format("; %d with pedidos of dropped months are not judged", dropped);
    }

    private void read(ResultSet row) throws SQLException {
        String externalId = "";
        @Nullable OperationHistory history = null;
        for (long rows = 1; row.next(); rows++) {
            // The database gives each fetch the time of a whole statement.
            if (rows % FETCH == 0) {
                limit.apply(snapshot, NAME + " was judged");
            }
            if (history == null || !externalId.equals(row.getString("external_id"))) {
                end(externalId, history);
                externalId = row.getString("external_id");
                history = new OperationHistory(externalId, row.getString("recebedor_id"), operation(row));
            }
            if (row.getString("event_type") != null) {
                add(history, row);
            }
        }
        end(externalId, history);
    }

    private void add(OperationHistory history, ResultSet row) throws SQLException {
        events++;
        history.add(StoredEvent.of(row), row.getString("estado"), row.getString("outcome_motivo"));
    }

    private void end(String externalId, @Nullable OperationHistory history) {
        if (history != null && !history.isComplete()) {
            dropped++;
        } else if (history != null) {
            operations++;
            for (String difference : history.differences()) {
                violations++;
                if (examples.size() < Verdict.MOST_EXAMPLES) {
                    examples.add(difference);
                    ids.add(externalId);
                }
            }
        }
    }

    private static Operation operation(ResultSet row) throws SQLException {
        String status = row.getString("status");
        return new Operation(
                status == null ? OperationStatus.NONE : OperationStatus.valueOf(status),
                row.getLong("version"),
                row.getLong("valor_centavos"),
                row.getString("motivo"));
    }
}
