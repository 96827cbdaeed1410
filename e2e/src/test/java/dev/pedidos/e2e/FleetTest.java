package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Fault 21 and what operators see of it: workers come, go, are killed and frozen. */
class FleetTest {

    /** So many that every shard has some. */
    private static final int RECEIVERS = 128;

    private static final int SHARDS = 16;

    @Test
    void workersShareTheShardsAndTakeOverFromOneThatIsKilledFrozenOrStopped() throws Exception {
        try (var system = TestSystem.start("fleet", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.api();
            var client = new Client(api);
            var witness = new Witness(system);
            List<TestProgram> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(system.worker());
            }
            assertThat(timeUntilShared(client, 4)).isLessThan(Duration.ofSeconds(3));
            assertThat(standbys(client)).isEqualTo(SHARDS);
            assertThat(timeOfOneEach(system, api, witness, "all")).isLessThan(Duration.ofSeconds(5));

            workers.get(1).kill();
            assertThat(timeOfOneEach(system, api, witness, "killed")).isLessThan(Duration.ofSeconds(5));
            timeUntilShared(client, 3);

            workers.get(2).freeze();
            assertThat(timeOfOneEach(system, api, witness, "frozen")).isLessThan(Duration.ofSeconds(12));
            timeUntilShared(client, 2);
            workers.get(2).thaw();
            timeUntilShared(client, 3);
            timeOfOneEach(system, api, witness, "thawed");

            assertThat(workers.get(3).stop()).isLessThan(Duration.ofSeconds(10));
            timeUntilShared(client, 2);
            assertThat(timeOfOneEach(system, api, witness, "stopped")).isLessThan(Duration.ofSeconds(5));
            witness.assertEveryLawHolds();
            assertThat(system.count("select max(tentativas) from pedidos")).isEqualTo(1);
        }
    }

    /** Until so many workers live and have so many shards each, every one of them with its standby. */
    private static Duration timeUntilShared(Client client, int workers) {
        long start = System.nanoTime();
        Awaitility.await("shared among " + workers)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> evenly(shares(client), workers) && standbys(client) == SHARDS);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static boolean evenly(List<Integer> shares, int workers) {
        return shares.size() == workers
                && shares.stream().mapToInt(Integer::intValue).sum() == SHARDS
                && shares.stream().allMatch(share -> share <= Math.ceilDiv(SHARDS, workers));
    }

    private static List<Integer> shares(Client client) throws Exception {
        return StreamSupport.stream(
                        client.get("/workers").body().path("workers").spliterator(), false)
                .map(worker -> worker.path("shards_active").size())
                .toList();
    }

    private static int standbys(Client client) throws Exception {
        return StreamSupport.stream(
                        client.get("/workers").body().path("workers").spliterator(), false)
                .mapToInt(worker -> worker.path("shards_standby").size())
                .sum();
    }

    /** Sends each receiver one and waits until all are done. */
    private static Duration timeOfOneEach(TestSystem system, TestProgram api, Witness witness, String prefix)
            throws Exception {
        long start = System.nanoTime();
        witness.send(
                List.of(api),
                32,
                IntStream.range(0, RECEIVERS)
                        .mapToObj(i -> Client.simulado(prefix + "-" + i, "rcb-" + i, "{}"))
                        .toList());
        system.awaitCount(
                "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like '" + prefix + "-%'",
                RECEIVERS);
        var took = Duration.ofNanos(System.nanoTime() - start);
        System.err.printf("e2e: %s: one of each receiver done after %d ms%n", prefix, took.toMillis());
        return took;
    }
}
