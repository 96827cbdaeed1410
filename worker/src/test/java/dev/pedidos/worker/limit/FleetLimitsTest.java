package dev.pedidos.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.limit.Limit;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetLimitsTest {

    private static final Limit TEN = limit("cnpj", 10);
    private static final Limit FIVE = limit("cnpj", 5);
    private static final Limit BANK = limit("banco", 3);

    @Test
    void untilAllHaveSaidTheirsWhatIsKnownIsKept() {
        assertThat(FleetLimits.both(Map.of("cnpj", FIVE, "banco", BANK), Map.of("cnpj", TEN)))
                .isEqualTo(Map.of("cnpj", FIVE, "banco", BANK));
        assertThat(FleetLimits.both(Map.of("cnpj", TEN), Map.of("cnpj", FIVE, "banco", BANK)))
                .isEqualTo(Map.of("cnpj", FIVE, "banco", BANK));
        assertThat(FleetLimits.both(Map.of(), Map.of())).isEmpty();
    }

    private static Limit limit(String dependency, int calls) {
        return new Limit(dependency, new CallRate(calls, Duration.ofSeconds(1)));
    }
}
