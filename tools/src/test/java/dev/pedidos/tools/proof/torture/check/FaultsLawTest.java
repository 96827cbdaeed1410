package dev.pedidos.tools.proof.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.torture.faults.FaultTally.Count;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultsLawTest {
    private static final Count MISSED = new Count(2, 0, 0, 0);
    private static final Count IMPOSSIBLE = new Count(0, 0, 0, 1);
    private static final Count HIT = new Count(1, 1, 7, 0);

    @Test
    void oneThatHasHitIsEnough() {
        assertThat(FaultsLaw.check(Map.of("a", MISSED, "b", HIT)).holds()).isTrue();
    }

    @Test
    void ifAllHaveMissedNothingIsProved() {
        assertThat(FaultsLaw.check(Map.of("a", MISSED, "b", IMPOSSIBLE)).holds())
                .isFalse();
        assertThat(FaultsLaw.check(Map.of("b", IMPOSSIBLE)).holds()).isFalse();
    }

    @Test
    void aRunWithoutFaultsHasNoneToHit() {
        assertThat(FaultsLaw.check(Map.of("a", new Count(0, 0, 0, 0))).holds()).isTrue();
    }
}
