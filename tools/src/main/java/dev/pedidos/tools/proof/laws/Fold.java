package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.operation.Arrival;
import dev.pedidos.shared.operation.Entry;
import dev.pedidos.shared.operation.Estado;
import dev.pedidos.shared.operation.EventVerdict;
import dev.pedidos.shared.operation.Operation;
import dev.pedidos.shared.operation.Refusal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All events of one operation, in the order in which workers decided about them, and what they give. */
public final class Fold {
    /**
     * The fate of an event.
     *
     * @param eventId the order received
     * @param verdict null: no worker has decided about it
     */
    public record Outcome(
            Entry event, long eventId, @Nullable EventVerdict verdict) {
        /** As clients read it; null if nobody has decided. */
        public @Nullable String estado() {
            return verdict == null ? null : Estado.of(verdict).name();
        }

        /** Why it was refused; null if it was not. */
        public @Nullable String motivo() {
            return verdict == null ? null : Estado.motivo(verdict);
        }
    }

    private final @Nullable String recebedorId;
    private final SortedMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<Entry, Long> waitingIds = new HashMap<>();
    private final Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    private Operation operation = Operation.NEW;

    /** @param recebedorId of the operation; events of another one are refused */
    public Fold(@Nullable String recebedorId) {
        this.recebedorId = recebedorId;
    }

    /** Adds an event about which no worker has decided. */
    void addUndecided(Entry event, long eventId) {
        outcomes.put(eventId, new Outcome(event, eventId, null));
    }

    /** Adds an event about which a worker has decided. */
    void addDecided(Entry event, long eventId, String recebedor) {
        if (recebedor.equals(recebedorId)) {
            arrive(event, eventId);
        } else {
            outcomes.put(eventId, new Outcome(event, eventId, new EventVerdict.Refused(Refusal.RECEBEDOR_DIFERENTE)));
        }
    }

    private void arrive(Entry event, long eventId) {
        List<Entry> freed = Arrival.frees(operation, event) ? List.copyOf(waiting.values()) : List.of();
        var arrival = Arrival.of(operation, event, freed);
        operation = arrival.after();
        outcomes.put(eventId, new Outcome(event, eventId, arrival.verdict()));
        for (Arrival.Decided moved : arrival.moved()) {
            long id = Objects.requireNonNull(waitingIds.remove(moved.event()));
            waiting.remove(id);
            outcomes.put(id, new Outcome(moved.event(), id, moved.verdict()));
        }
        if (arrival.verdict() instanceof EventVerdict.Waiting) {
            waiting.put(eventId, event);
            waitingIds.put(event, eventId);
        }
    }

    public Operation operation() {
        return operation;
    }

    public Collection<Outcome> outcomes() {
        return outcomes.values();
    }
}
