package dev.pedidos.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Listening;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 1,000 clients listen while pedidos are processed, and database and broker are killed and started again. */
@Tag("bench")
class StreamBench {
    private static final int LISTENERS = 1_000;
    private static final int PER_SECOND = 200;
    private static final int WARM_UP_SECONDS = 10;
    private static final int CALM_SECONDS = 30;
    private static final int SECONDS = 75;
    private static final String OCCURRED = "\"occurred_at\":\"";

    @Test
    void aThousandListeners() throws Exception {
        try (var servers = OwnServers.open("streams");
                var system = TestSystem.on(
                        servers.fresh("streams"), Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "16"))) {
            var api = system.apiByLedger();
            system.worker();
            memory("before", api);
            List<Listening> listeners = new ArrayList<>();
            for (int i = 0; i < LISTENERS; i++) {
                listeners.add(Listening.to(api, "/stream?recebedor_id=rcb-" + i, null));
            }
            assertThat(listeners).allMatch(listener -> listener.status() == 200);
            memory(LISTENERS + " listeners", api);

            var witness = new Witness(system);
            Instant begun = Instant.now();
            var sending = witness.sending(
                    List.of(api),
                    32,
                    PER_SECOND,
                    IntStream.range(0, PER_SECOND * SECONDS)
                            .mapToObj(i -> Client.simulado("p-" + i, "rcb-" + i % LISTENERS, "{}"))
                            .iterator());
            TimeUnit.SECONDS.sleep(CALM_SECONDS);
            delays("calm", listeners, begun.plusSeconds(WARM_UP_SECONDS));
            servers.crashDatabase();
            TimeUnit.SECONDS.sleep(3);
            servers.startDatabase();
            TimeUnit.SECONDS.sleep(12);
            servers.killBroker();
            TimeUnit.SECONDS.sleep(3);
            servers.startBroker();
            sending.join();
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", witness.accepted());
            assertThat(witness.accepted()).isEqualTo(witness.answered());
            memory("at the end", api);
            Map<String, List<Long>> expected = idsByReceiver(system);
            long events = expected.values().stream().mapToLong(List::size).sum();
            Awaitility.await().until(() -> received(listeners) >= events);
            for (int i = 0; i < LISTENERS; i++) {
                assertThat(listeners.get(i).ids()).isEqualTo(expected.get("rcb-" + i));
                assertThat(listeners.get(i).isOver()).isFalse();
            }
            delays("with both restarts", listeners, begun);
            for (Listening listener : listeners) {
                listener.close();
            }
        }
    }

    private static void memory(String when, TestProgram api) throws Exception {
        System.out.print(RootLocale.format(
                "%s: resident %d MiB, heap used %d MiB, threads %d%n",
                when,
                api.residentMiB(),
                api.metric("jvm_memory_used_bytes{area=\"heap\"}") / 1024 / 1024,
                api.metric("jvm_threads_live_threads")));
    }

    /** From just before the commit to the client. */
    private static void delays(String when, List<Listening> listeners, Instant since) {
        long[] ms = listeners.stream()
                .flatMap(listener -> listener.events().stream())
                .filter(event -> occurredAt(event.data()).isAfter(since))
                .mapToLong(event ->
                        Duration.between(occurredAt(event.data()), event.at()).toMillis())
                .sorted()
                .toArray();
        System.out.print(RootLocale.format(
                "%s: %d events, from commit to client p50 %d ms, p99 %d ms, max %d ms%n",
                when, ms.length, ms[ms.length / 2], ms[ms.length * 99 / 100], ms[ms.length - 1]));
    }

    private static Instant occurredAt(String data) {
        int from = data.lastIndexOf(OCCURRED) + OCCURRED.length();
        return Instant.parse(data.substring(from, data.indexOf('"', from)));
    }

    private static long received(List<Listening> listeners) {
        return listeners.stream()
                .mapToLong(listener -> listener.events().size())
                .sum();
    }

    private static Map<String, List<Long>> idsByReceiver(TestSystem system) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle
                        .createQuery("select p.recebedor_id, e.id from operation_events e join pedidos p"
                                + " on p.pedido_id = e.external_id order by e.id")
                        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                        .stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
    }
}
