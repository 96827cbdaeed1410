package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.Refusal;
import dev.pedidos.shared.operation.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of one operation, folded by the state machine, and what the ledger's tables say instead. */
final class OperationHistory {
    private record Key(String type, String payloadHash) {}

    /** An event's outcome, as a table has it. */
    private record Stored(@Nullable String estado, @Nullable String motivo) {}

    private final String externalId;
    private final @Nullable String recebedorId;
    private final Operation row;
    private Operation folded = Operation.NEW;
    private final SortedMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<Key, Stored> expected = new HashMap<>();
    private final Map<Key, Stored> stored = new HashMap<>();

    /**
     * @param recebedorId null: the operation has no row
     * @param row the operation as its row says
     */
    OperationHistory(String externalId, @Nullable String recebedorId, Operation row) {
        this.externalId = externalId;
        this.recebedorId = recebedorId;
        this.row = row;
    }

    /**
     * The next event in the order in which workers decided.
     *
     * @param eventId the order received
     * @param decided a worker has decided about it
     * @param estado as the ledger says; null if it says nothing
     */
    void add(
            Entry event,
            long eventId,
            String recebedor,
            boolean decided,
            @Nullable String estado,
            @Nullable String motivo) {
        stored.put(key(event), new Stored(estado, motivo));
        if (!decided) {
            expected.put(key(event), new Stored(null, null));
        } else if (recebedor.equals(recebedorId)) {
            arrive(event, eventId);
        } else {
            expect(event, new Verdict.Refused(Refusal.RECEBEDOR_DIFERENTE));
        }
    }

    private void arrive(Entry event, long eventId) {
        var arrival = Arrival.of(folded, event, List.copyOf(waiting.values()));
        folded = arrival.after();
        expect(event, arrival.verdict());
        if (arrival.verdict() instanceof Verdict.Waiting) {
            waiting.put(eventId, event);
        }
        for (Arrival.Decided moved : arrival.moved()) {
            waiting.values().remove(moved.event());
            expect(moved.event(), moved.verdict());
        }
    }

    private void expect(Entry event, Verdict verdict) {
        expected.put(
                key(event),
                switch (verdict) {
                    case Verdict.Applied applied -> new Stored("APPLIED", null);
                    case Verdict.Waiting wait -> new Stored("WAITING", null);
                    case Verdict.Refused(Refusal why) -> new Stored("REFUSED", why.name());
                });
    }

    /** Where the tables differ from what the events give. */
    List<String> differences() {
        List<String> found = new ArrayList<>();
        if (recebedorId == null) {
            found.add(externalId + " has events and no row");
        } else if (!folded.equals(row)) {
            found.add(externalId + ": the events give " + folded + ", the row says " + row);
        }
        expected.forEach((key, outcome) -> {
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
