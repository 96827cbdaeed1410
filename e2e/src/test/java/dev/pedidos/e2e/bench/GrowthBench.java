package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.Sender;
import dev.pedidos.tools.proof.load.Source;
import dev.pedidos.tools.proof.load.Tally;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Does a large ledger slow the fleet down? Two systems on the same servers take turns, one with an empty ledger, one with
 * many final pedidos. Then the large one is archived beside a paced load.
 */
@Tag("bench")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class GrowthBench {

    private static final int LARGE = Integer.getInteger("bench.count", 10_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 4);
    private static final int PEDIDOS = Integer.getInteger("bench.pedidos", 8_000);
    private static final int PACE = Integer.getInteger("bench.pace", 200);
    private static final int PACED = PACE * Integer.getInteger("bench.seconds", 60);
    private static final int CONNECTIONS = 64;
    private static final Map<String, String> OFF = Map.of("PEDIDOS_ARQUIVAR_APOS", "off", "PEDIDOS_SHARDS", "16");

    private int seed = 1;

    private record Rates(double ingest, double processing) {}

    @Test
    void aLargeLedgerIsAsFastAsAnEmptyOneAndIsArchivedBesideTheFleet() throws Exception {
        try (var empty = TestSystem.start("growth_empty", OFF);
                var large = TestSystem.start("growth_large", OFF)) {
            LargeLedger.fill(DatabaseUrl.parse(large.stores().databaseAdminUrl()), LARGE);
            Backlog.stock(empty.ledger());
            Backlog.stock(large.ledger());
            URI emptyApi = empty.apiByLedger().url();
            URI largeApi = large.apiByLedger().url();
            round(empty, emptyApi);
            round(large, largeApi);
            List<Double> ingest = new ArrayList<>();
            List<Double> processing = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                Rates small = round(empty, emptyApi);
                Rates full = round(large, largeApi);
                ingest.add(full.ingest() / small.ingest());
                processing.add(full.processing() / small.processing());
                print(
                        "ingest %.0f/s empty, %.0f/s large; processing %.0f/s empty, %.0f/s large",
                        small.ingest(), full.ingest(), small.processing(), full.processing());
            }
            print(
                    "large to empty: ingest %.2f, processing %.2f (medians of %d)",
                    median(ingest), median(processing), ROUNDS);
            for (int i = 0; i < 2; i++) {
                paced(large, largeApi, OFF);
                paced(large, largeApi, Map.of("PEDIDOS_ARQUIVAR_APOS", "30d"));
            }
            assertThat(median(ingest)).isGreaterThanOrEqualTo(0.9);
            assertThat(median(processing)).isGreaterThanOrEqualTo(0.9);
        }
    }

    /** Pedidos are accepted first, then drained by two workers. */
    private Rates round(TestSystem system, URI api) throws Exception {
        Tally tally = send(api, 0, PEDIDOS);
        long before = effects(system);
        try (TestProgram one = system.worker();
                TestProgram two = system.worker()) {
            system.awaitCount("select count(*) from pedidos where in_line", 0);
        }
        double seconds = system.count(RootLocale.format("""
                select (1000 * extract(epoch from max(occurred_at) - min(occurred_at)))::bigint
                from (select occurred_at from operation_events where id > %d and event_type in ('COMPLETED', 'REJECTED')) e""", before)) / 1000.0;
        return new Rates(tally.accepted() / tally.seconds(), PEDIDOS / seconds);
    }

    private static long effects(TestSystem system) {
        return system.count("select max(id) from operation_events");
    }

    /** A steady load with two workers, which archive or do not. */
    private void paced(TestSystem system, URI api, Map<String, String> settings) throws Exception {
        try (TestProgram one = system.worker(settings);
                TestProgram two = system.worker(settings)) {
            send(api, PACE, PACE * 5);
            long before = archived(system);
            Tally tally = send(api, PACE, PACED);
            double rate = (archived(system) - before) / tally.seconds();
            print(
                    "%d/s beside an archiver at %.0f/s: POST p50 %.1f ms, p99 %.1f ms",
                    PACE, rate, millis(tally, 50), millis(tally, 99));
            system.awaitCount("select count(*) from pedidos where in_line", 0);
        }
    }

    private static double millis(Tally tally, double percent) {
        return tally.latencies().percentile(percent).toNanos() / 1e6;
    }

    private static long archived(TestSystem system) {
        return system.count("select count(*) from arquivados");
    }

    private Tally send(URI api, int pace, int count) throws Exception {
        var tally = new Tally();
        new Sender(List.of(api), CONNECTIONS, pace).send(source(Backlog.pedidos(seed++, count)), tally);
        assertThat(tally.accepted()).isEqualTo(count);
        return tally;
    }

    private static Source source(List<Pedido> pedidos) {
        Iterator<Pedido> left = pedidos.iterator();
        var place = new AtomicInteger();
        return () -> left.hasNext()
                ? new Outgoing(place.getAndIncrement(), Outgoing.Address.PEDIDOS, PedidoCodec.writeMessage(left.next()))
                : null;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    private static void print(String format, Object... values) {
        System.out.print(RootLocale.format(format, values) + System.lineSeparator());
    }
}
