package dev.pedidos.tools.proof.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.ledger.LedgerCounts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateLineTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aLineIsOnlyGivenWhenSomethingHasChanged() {
        var line = new StateLine();
        var counts = new LedgerCounts(Map.of("COMPLETED", 3L));

        assertThat(line.next(counts, 0)).isNotNull();
        assertThat(line.next(counts, SECOND)).isNull();
    }

    @Test
    void ratesAreThoseSinceTheLastLook() {
        var line = new StateLine();
        line.next(new LedgerCounts(Map.of("PENDING", 100L)), 0);

        assertThat(line.next(new LedgerCounts(Map.of("PENDING", 100L, "COMPLETED", 1_000L)), 2 * SECOND))
                .isEqualTo("accepted 1,100  COMPLETED 1,000  REJECTED 0  unfinished 100  DEAD_LETTERED 0"
                        + "  (accepted 500/s, processed 500/s)");
    }
}
