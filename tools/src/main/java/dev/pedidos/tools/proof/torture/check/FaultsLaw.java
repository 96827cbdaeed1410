package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.torture.faults.FaultTally.Count;
import java.util.List;
import java.util.Map;

/** Of the faults at least one has hit something: a run in which all missed proves nothing. */
final class FaultsLaw {

    private FaultsLaw() {}

    static Verdict check(Map<String, Count> faults) {
        long tried = 0;
        long hit = 0;
        for (Count count : faults.values()) {
            tried += count.injected() + count.failed();
            hit += count.hit();
        }
        boolean missed = tried > 0 && hit == 0;
        return new Verdict(
                "a-fault-has-hit-something",
                RootLocale.format("%d faults, %d of them hit", tried, hit),
                missed ? 1 : 0,
                missed ? List.of("no fault has hit anything: the run proves nothing") : List.of());
    }
}
