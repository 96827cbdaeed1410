package dev.pedidos.tools.proof.replay;

import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.operation.OperationStatus;
import dev.pedidos.tools.proof.laws.Fold;
import dev.pedidos.tools.proof.laws.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds the events of operations, one operation after the other. */
final class Operations {
    private static final int FETCH = 5_000;
    private static final String HISTORY = Statements.named("operations");

    /** Takes an operation. */
    @FunctionalInterface
    interface Sink {
        void accept(Replayed operation) throws SQLException;
    }

    /**
     * An operation as its events give it.
     *
     * @param complete false: pedidos of its events were in dropped months, and the fold does not have their effects
     */
    record Replayed(String externalId, @Nullable String recebedorId, Fold fold, boolean complete) {
        /** Null: no event was applied. */
        @Nullable
        String status() {
            var status = fold.operation().status();
            return status == OperationStatus.NONE ? null : status.name();
        }

        @Nullable
        Long valorCentavos() {
            return status() == null ? null : fold.operation().valorCentavos();
        }

        private Replayed incomplete() {
            return new Replayed(externalId, recebedorId, fold, false);
        }
    }

    private Operations() {}

    /**
     * Reads with a cursor: the connection must be in a transaction.
     *
     * @param events a table expression
     * @param effects where the effects of their pedidos are read
     */
    static void read(Connection ledger, String events, String effects, Sink sink) throws SQLException {
        try (var statement = ledger.createStatement()) {
            statement.setFetchSize(FETCH);
            try (var row = statement.executeQuery(Sql.fill(HISTORY, Map.of("events", events, "effects", effects)))) {
                @Nullable Replayed current = null;
                while (row.next()) {
                    String externalId = row.getString("external_id");
                    if (current == null || !current.externalId().equals(externalId)) {
                        give(current, sink);
                        String recebedorId = row.getString("recebedor_id");
                        current = new Replayed(externalId, recebedorId, new Fold(recebedorId), true);
                    }
                    var event = StoredEvent.of(row);
                    event.addTo(current.fold());
                    if (event.dropped()) {
                        current = current.incomplete();
                    }
                }
                give(current, sink);
            }
        }
    }

    /** All of them at once: for few. */
    static List<Replayed> list(Connection ledger, String events, String effects) throws SQLException {
        List<Replayed> all = new ArrayList<>();
        read(ledger, events, effects, all::add);
        return all;
    }

    private static void give(@Nullable Replayed operation, Sink sink) throws SQLException {
        if (operation != null) {
            sink.accept(operation);
        }
    }
}
