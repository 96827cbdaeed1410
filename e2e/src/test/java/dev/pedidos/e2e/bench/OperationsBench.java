package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.Outgoing;
import dev.pedidos.tools.proof.load.Sender;
import dev.pedidos.tools.proof.load.Source;
import dev.pedidos.tools.proof.load.Tally;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * Events of operations: accepted by one API, drained by two workers, then both at once. A program's first seconds are slow
 * (its code is not compiled yet), so the API is warm, and the drain is also told without its first half.
 */
@Tag("bench")
class OperationsBench {
    private static final int OPERATIONS = Integer.getInteger("bench.count", 4_000);
    private static final int CONNECTIONS = 64;
    /** The CREATED of an operation comes third, so two events wait for it. */
    private static final List<String> EVENTS = List.of(
            "\"event_type\":\"STARTED\",\"payload\":{}",
            "\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":250,\"referencia\":\"nota 1\"}",
            "\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":10000}",
            "\"event_type\":\"ADJUSTED\",\"payload\":{\"delta_centavos\":-100,\"referencia\":\"nota 2\"}",
            "\"event_type\":\"COMPLETED\",\"payload\":{}");

    @RepeatedTest(2)
    void eventsAreAcceptedAndApplied() throws Exception {
        int events = OPERATIONS * EVENTS.size();
        try (var system = TestSystem.start(
                "operations_bench",
                Map.of("PEDIDOS_LOTE", System.getProperty("bench.lote", "1"), "PEDIDOS_SHARDS", "16"))) {
            URI api = system.apiByLedger().url();
            double cold = accepted(api, "warm", OPERATIONS);
            double alone = accepted(api, "alone", OPERATIONS);
            system.worker();
            system.worker();
            awaitCompleted(system, 2 * OPERATIONS);
            double first = rate(system, "warm", events);
            double second = rate(system, "alone", events);
            double beside = accepted(api, "beside", OPERATIONS);
            awaitCompleted(system, 3 * OPERATIONS);
            System.out.print(RootLocale.format(
                    "%d events: accepted %.0f/s, then %.0f/s without workers; drained %.0f/s, then %.0f/s by two;"
                            + " at once: accepted %.0f/s, applied %.0f/s%n",
                    events, cold, alone, first, second, beside, rate(system, "beside", events)));
            assertThat(beside).isPositive();
        }
    }

    private static double accepted(URI api, String prefix, int operations) throws Exception {
        var tally = new Tally();
        new Sender(List.of(api), CONNECTIONS, 0).send(source(prefix, operations), tally);
        assertThat(tally.accepted()).isEqualTo((long) operations * EVENTS.size());
        return tally.accepted() / tally.seconds();
    }

    private static Source source(String prefix, int operations) {
        var made = new AtomicInteger();
        return () -> {
            int place = made.getAndIncrement();
            if (place >= operations * EVENTS.size()) {
                return null;
            }
            String body = RootLocale.format(
                    "{\"external_id\":\"%s-%d\",%s}", prefix, place % operations, EVENTS.get(place / operations));
            return new Outgoing(place, Outgoing.Address.OPERATIONS, body.getBytes(StandardCharsets.UTF_8));
        };
    }

    private static void awaitCompleted(TestSystem system, int operations) {
        system.awaitCount("select count(*) from operations where status = 'COMPLETED'", operations);
    }

    /** From the first to the last effect. */
    private static double rate(TestSystem system, String prefix, int events) {
        return events * 1000.0 / system.count(RootLocale.format("""
                select (1000 * extract(epoch from max(e.occurred_at) - min(e.occurred_at)))::bigint
                from pedidos p
                join operation_events e on e.external_id = p.pedido_id and e.event_type = 'COMPLETED'
                where p.recebedor_id like '%s-%%'""", prefix));
    }
}
