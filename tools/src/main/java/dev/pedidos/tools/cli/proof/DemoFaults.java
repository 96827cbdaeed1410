package dev.pedidos.tools.cli.proof;

import dev.pedidos.tools.proof.demo.CutNetwork;
import java.util.Optional;

/** The faults that a demo lives through. */
sealed interface DemoFaults {

    record None() implements DemoFaults {}

    /** Workers are killed. */
    record KilledWorkers() implements DemoFaults {}

    /** Workers are killed, and the programs' connections to the broker are cut. */
    record KilledWorkersAndCuts(CutNetwork network) implements DemoFaults {}

    static DemoFaults chaos(Optional<CutNetwork> network) {
        return network.<DemoFaults>map(KilledWorkersAndCuts::new).orElseGet(KilledWorkers::new);
    }
}
