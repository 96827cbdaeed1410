package dev.pedidos.tools.proof.torture.faults;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts injections and hits of each fault; a fault that hit nothing proves nothing. */
public final class FaultTally {

    /**
     * @param injected it ran
     * @param hit it ran while something was in progress
     * @param things total number of things in progress
     * @param failed it could not be injected, for example because the broker was already down
     */
    public record Count(int injected, int hit, long things, int failed) {
        private static final Count NONE = new Count(0, 0, 0, 0);
    }

    private final Map<String, Count> counts = new LinkedHashMap<>();

    public FaultTally(List<Fault> faults) {
        faults.forEach(fault -> counts.put(fault.name(), Count.NONE));
    }

    synchronized void ran(Fault fault, long things) {
        counts.computeIfPresent(
                fault.name(),
                (name, old) -> new Count(
                        old.injected() + 1, old.hit() + (things > 0 ? 1 : 0), old.things() + things, old.failed()));
    }

    synchronized void failed(Fault fault) {
        counts.computeIfPresent(
                fault.name(), (name, old) -> new Count(old.injected(), old.hit(), old.things(), old.failed() + 1));
    }

    public synchronized Map<String, Count> counts() {
        return new LinkedHashMap<>(counts);
    }
}
