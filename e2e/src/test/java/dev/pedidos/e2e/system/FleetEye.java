package dev.pedidos.e2e.system;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * Watches a fleet by {@code GET /workers}, and by one pedido for each receiver, which shows that every shard is worked
 * on.
 */
public final class FleetEye {

    private final TestSystem system;
    private final TestProgram api;
    private final Client client;
    private final int shards;

    public FleetEye(TestSystem system, TestProgram api, int shards) {
        this.system = system;
        this.api = api;
        this.client = new Client(api);
        this.shards = shards;
    }

    /** Waits until this many workers live with even shares, and every shard has its standby. */
    public Duration timeUntilShared(int workers) {
        long start = System.nanoTime();
        Awaitility.await("shared among " + workers)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> evenly(counts("shards_active"), workers) && standbys() == shards);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public int standbys() throws Exception {
        return sum(counts("shards_standby"));
    }

    /** The longest backlog of the shards. */
    public long longestBacklog() throws Exception {
        return StreamSupport.stream(client.get("/workers").body().path("shards").spliterator(), false)
                .mapToLong(shard -> shard.path("backlog").asLong())
                .max()
                .orElseThrow();
    }

    /** Sends each receiver one pedido, with ids of this prefix, and waits until all are finished. */
    public Duration timeOfOneEach(Witness witness, int receivers, String prefix) throws Exception {
        long start = System.nanoTime();
        witness.send(
                List.of(api),
                32,
                IntStream.range(0, receivers)
                        .mapToObj(i -> Client.simulado(prefix + "-" + i, "rcb-" + i, "{}"))
                        .toList());
        system.awaitCount(
                "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like '" + prefix + "-%'",
                receivers);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private boolean evenly(List<Integer> shares, int workers) {
        return shares.size() == workers
                && sum(shares) == shards
                && shares.stream().allMatch(share -> share <= Math.ceilDiv(shards, workers));
    }

    /** By worker. */
    private List<Integer> counts(String field) throws Exception {
        return StreamSupport.stream(
                        client.get("/workers").body().path("workers").spliterator(), false)
                .map(worker -> worker.path(field).size())
                .toList();
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
