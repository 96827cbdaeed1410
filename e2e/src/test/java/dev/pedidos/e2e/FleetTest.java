package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.FleetEye;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Fault 21, and what operators see of it: workers start, stop, are killed and frozen. */
@Isolated("it measures seconds, with four workers")
class FleetTest {

    /** Enough that every shard has some. */
    private static final int RECEIVERS = 128;

    private static final int SHARDS = 16;

    @Test
    void workersShareTheShardsAndTakeOverFromOneThatIsKilledFrozenOrStopped() throws Exception {
        try (var system =
                TestSystem.start("fleet", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "" + SHARDS))) {
            var api = system.api();
            var fleet = new FleetEye(system, api, SHARDS);
            var witness = new Witness(system);
            var workers = system.workers(4);
            assertThat(fleet.timeUntilShared(4)).isLessThan(Duration.ofSeconds(3));
            assertThat(fleet.standbys()).isEqualTo(SHARDS);
            assertThat(timeOfOneEach(fleet, witness, "all")).isLessThan(Duration.ofSeconds(5));

            workers.get(1).kill();
            assertThat(timeOfOneEach(fleet, witness, "killed")).isLessThan(Duration.ofSeconds(5));
            fleet.timeUntilShared(3);

            workers.get(2).freeze();
            assertThat(timeOfOneEach(fleet, witness, "frozen")).isLessThan(Duration.ofSeconds(12));
            fleet.timeUntilShared(2);
            workers.get(2).thaw();
            fleet.timeUntilShared(3);
            timeOfOneEach(fleet, witness, "thawed");

            assertThat(workers.get(3).stop()).isLessThan(Duration.ofSeconds(10));
            fleet.timeUntilShared(2);
            assertThat(timeOfOneEach(fleet, witness, "stopped")).isLessThan(Duration.ofSeconds(5));
            witness.assertEveryLawHolds();
            assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
        }
    }

    private static Duration timeOfOneEach(FleetEye fleet, Witness witness, String prefix) throws Exception {
        var took = fleet.timeOfOneEach(witness, RECEIVERS, prefix);
        System.err.print(
                RootLocale.format("e2e: %s: one of each receiver done after %d ms%n", prefix, took.toMillis()));
        return took;
    }
}
