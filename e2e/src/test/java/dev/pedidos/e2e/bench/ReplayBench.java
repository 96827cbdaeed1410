package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.text.RootLocale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many events a second a replay of a large ledger folds. The loaded ledger has no stock, so its stock differs. */
@Tag("bench")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ReplayBench {

    private static final int PEDIDOS = Integer.getInteger("bench.count", 10_000_000);

    @Test
    void everyProjectionOfALargeLedgerIsRebuilt() throws Exception {
        try (var system = TestSystem.start("replay_bench", Map.of("PEDIDOS_SHARDS", "16"))) {
            String owner = system.stores().databaseAdminUrl();
            LargeLedger.fill(DatabaseUrl.parse(owner), PEDIDOS);
            long start = System.nanoTime();
            var replay = PedidosCommand.run("replay", "--url", owner);
            System.out.print(replay.output());
            System.out.print(RootLocale.format("replayed after %.0f s%n", (System.nanoTime() - start) / 1e9));
            assertThat(replay.output()).contains("events/s");
        }
    }
}
