package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Fault 30: an operator deletes the shards while a worker has deliveries of them in its hands. */
class DeletedShardTest {

    private static final int RECEIVERS = 24;

    @Test
    void whatWasInHandAndWhatWaitedTakesEffectOnce() throws Exception {
        var settings = new HashMap<>(Strike.SETTINGS);
        settings.put("PEDIDOS_SIGN_OF_LIFE_MS", "1000");
        try (var system = TestSystem.start("deleted-shard", settings);
                var broker = system.broker()) {
            var api = system.api();
            var worker = system.worker();
            var witness = new Witness(system);
            witness.send(List.of(api), 8, bodies("before", "{\"demora_ms\":300}"));
            Awaitility.await("in hand").until(() -> worker.metric("pedidos_endings_total{ending=\"finished\"}") > 2);
            for (var shard : Strike.SHARDS) {
                broker.delete(shard);
            }
            assertThat(system.count("select count(*) from pedidos where status <> 'COMPLETED'"))
                    .as("unfinished when the shards were deleted")
                    .isPositive();
            witness.send(List.of(api), 8, bodies("after", "{}"));

            witness.assertEveryLawHolds();
            assertThat(system.count("select count(*) from pedidos where status = 'COMPLETED'"))
                    .isEqualTo(2 * 2 * RECEIVERS);
            assertThat(worker.isAlive()).isTrue();
        }
    }

    private static List<String> bodies(String name, String dados) {
        return IntStream.range(0, 2 * RECEIVERS)
                .mapToObj(i -> Client.simulado(name + "-" + i, "rcb-" + i % RECEIVERS, dados))
                .toList();
    }
}
