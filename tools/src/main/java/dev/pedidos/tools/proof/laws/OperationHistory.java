package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of one operation, folded by the state machine, and what the ledger's tables say instead. */
final class OperationHistory {
    private record Key(String type, String payloadHash) {}

    /** An event's outcome, as a table has it. */
    private record Stored(@Nullable String estado, @Nullable String motivo) {}

    private final String externalId;
    private final @Nullable String recebedorId;
    private final Operation row;
    private final Fold fold;
    private final Map<Key, Stored> stored = new HashMap<>();
    private boolean complete = true;

    /**
     * @param recebedorId null: the operation has no row
     * @param row the operation as its row says
     */
    OperationHistory(String externalId, @Nullable String recebedorId, Operation row) {
        this.externalId = externalId;
        this.recebedorId = recebedorId;
        this.row = row;
        this.fold = new Fold(recebedorId);
    }

    /**
     * The next event in the order in which workers decided.
     *
     * @param estado as the ledger says; null if it says nothing
     */
    void add(StoredEvent event, @Nullable String estado, @Nullable String motivo) {
        stored.put(key(event.entry()), new Stored(estado, motivo));
        event.addTo(fold);
        complete &= !event.dropped();
    }

    /** False: the order in which workers decided is not known any more. */
    boolean isComplete() {
        return complete;
    }

    /** Where the tables differ from what the events give. */
    List<String> differences() {
        List<String> found = new ArrayList<>();
        if (recebedorId == null) {
            found.add(externalId + " has events and no row");
        } else if (!fold.operation().equals(row)) {
            found.add(externalId + ": the events give " + fold.operation() + ", the row says " + row);
        }
        fold.outcomes().forEach(one -> {
            Key key = key(one.event());
            var outcome = new Stored(one.estado(), one.motivo());
            Stored instead = stored.get(key);
            if (!outcome.equals(instead)) {
                found.add(externalId + " " + key.type() + ": the events give " + outcome + ", its row says "
                        + Objects.toString(instead));
            }
        });
        return found;
    }

    private static Key key(Entry event) {
        return new Key(event.type().name(), event.payloadHash());
    }
}
