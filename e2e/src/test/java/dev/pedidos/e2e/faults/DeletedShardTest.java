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
            Mix.stock(api);
            var worker = system.worker();
            var witness = new Witness(system);
            try (var holding = system.owner()) {
                holding.setAutoCommit(false);
                holding.createStatement().execute("select from estoque where sku = 'plenty' for update");
                witness.send(List.of(api), 8, bodies("before"));
                Awaitility.await("in hand").until(() -> system.count(TestSystem.WAITS) > 0);
                for (var shard : Strike.SHARDS) {
                    broker.delete(shard);
                }
            }
            witness.send(List.of(api), 8, bodies("after"));

            witness.assertEveryLawHolds();
            assertThat(system.count("select count(*) from pedidos where status = 'COMPLETED'"))
                    .isEqualTo(2 * 2 * RECEIVERS);
            assertThat(worker.isAlive()).isTrue();
        }
    }

    private static List<String> bodies(String name) {
        return IntStream.range(0, 2 * RECEIVERS)
                .mapToObj(i -> Client.pedido(name + "-" + i, "rcb-" + i % RECEIVERS, "plenty:1"))
                .toList();
    }
}
