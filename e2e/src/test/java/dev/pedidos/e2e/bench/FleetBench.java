package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.FleetEye;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.text.RootLocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of workers: to share shards, to take over from each other, and to handle pedidos whose dependency is slow. */
@Tag("bench")
class FleetBench {

    private static final int SHARDS = 16;
    private static final String ESPERAS = System.getProperty("bench.esperas", "400");
    private static final String LOTE = System.getProperty("bench.lote", "1");
    /** Enough that every shard has some. */
    private static final int RECEIVERS = 96;

    @Test
    void takeOvers() throws Exception {
        try (var system =
                TestSystem.start("fleet_bench", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16"))) {
            var api = system.api();
            var fleet = new FleetEye(system, api, SHARDS);
            List<TestProgram> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(system.worker());
            }
            System.out.print(RootLocale.format(
                    "4 each after the last one was ready: %d ms%n",
                    fleet.timeUntilShared(4).toMillis()));
            System.out.print(RootLocale.format("nobody gone: %s%n", latencies(system, fleet, "calm")));
            for (int i = 0; i < 10; i++) {
                workers.removeFirst().kill();
                System.out.print(RootLocale.format("killed: %s%n", latencies(system, fleet, "killed-" + i)));
                workers.add(system.worker());
                fleet.timeUntilShared(4);
            }
            for (int i = 0; i < 3; i++) {
                var stopped = workers.removeFirst();
                stopped.stop();
                System.out.print(RootLocale.format("stopped: %s%n", latencies(system, fleet, "stopped-" + i)));
                workers.add(system.worker());
                fleet.timeUntilShared(4);
            }
            for (int i = 0; i < 3; i++) {
                workers.get(i).freeze();
                System.out.print(RootLocale.format("frozen: %s%n", latencies(system, fleet, "frozen-" + i)));
                fleet.timeUntilShared(3);
                workers.get(i).thaw();
                fleet.timeUntilShared(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void ioBound(int size) throws Exception {
        int pedidos = 8_000;
        var settings = Map.of(
                "PEDIDOS_HANDLER_SIMULADO",
                "on",
                "PEDIDOS_ESPERAS",
                ESPERAS,
                "PEDIDOS_LOTE",
                LOTE,
                "PEDIDOS_SHARDS",
                "16");
        try (var system = TestSystem.start("io_bench", settings)) {
            var api = system.api();
            new Witness(system)
                    .send(
                            List.of(api),
                            64,
                            IntStream.range(0, pedidos)
                                    .mapToObj(i -> Client.simulado("io-" + i, "rcb-" + i % 400, "{\"demora_ms\":50}"))
                                    .toList());
            long fullest = new FleetEye(system, api, SHARDS).longestBacklog();
            for (int i = 0; i < size; i++) {
                system.worker();
            }
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", pedidos);
            double seconds = system.count("""
                    select (1000 * extract(epoch from max(occurred_at) - min(occurred_at)))::bigint
                    from operation_events where event_type = 'COMPLETED'""") / 1000.0;
            double perSecond = pedidos / seconds;
            System.out.print(RootLocale.format(
                    "%d workers, 50 ms each, %s at once in one worker: %.0f/s; one after the other the fullest shard, with %d,"
                            + " would allow %.0f/s%n",
                    size, ESPERAS, perSecond, fullest, pedidos / (fullest * 0.05)));
            assertThat(perSecond).isPositive();
        }
    }

    /** One pedido for each receiver: from its acceptance to its effect. */
    private static String latencies(TestSystem system, FleetEye fleet, String prefix) throws Exception {
        fleet.timeOfOneEach(new Witness(system), RECEIVERS, prefix);
        return RootLocale.format(
                "half within %d ms, all within %d ms", millis(system, prefix, 0.5), millis(system, prefix, 1));
    }

    private static long millis(TestSystem system, String prefix, double part) {
        return system.count(RootLocale.format("""
                select (1000 * percentile_cont(%s) within group (
                    order by extract(epoch from e.occurred_at - p.aceito_em)))::bigint
                from pedidos p
                join operation_events e on e.external_id = p.pedido_id and e.event_type = 'COMPLETED'
                where p.pedido_id like '%s-%%'""", part, prefix));
    }
}
