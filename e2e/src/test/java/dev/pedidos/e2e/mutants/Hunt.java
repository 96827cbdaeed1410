package dev.pedidos.e2e.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.faults.Strike;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.tools.proof.laws.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Checks that a seeded bug is found. */
final class Hunt {

    static final String LOST = "every-202-is-final-in-the-ledger";
    static final String ORDER = "order-as-the-client-saw-it";
    static final String LETTER = "every-dead-letter-is-in-its-queue";
    static final String EARLY = "attempts-wait-their-time";

    /** If these are broken, the test waits for something that never happens. */
    private static final Set<String> MISSING = Set.of(LOST, LETTER);

    private static final Duration SOON = Duration.ofSeconds(4);
    private static final Duration FINAL = Duration.ofSeconds(90);

    private Hunt() {}

    static void assertFound(String law, Mutant mutant, Strike strike) throws Exception {
        try (var system = TestSystem.altered("mutant", Strike.SETTINGS, mutant.build())) {
            var witness = new Witness(system);
            strike.hit(system, witness);
            List<Verdict> verdicts = witness.verdicts(MISSING.contains(law) ? SOON : FINAL);
            assertThat(verdicts).as("the bug breaks the law %s", law).anySatisfy(verdict -> {
                assertThat(verdict.law()).isEqualTo(law);
                assertThat(verdict.violations()).isPositive();
            });
        }
    }
}
