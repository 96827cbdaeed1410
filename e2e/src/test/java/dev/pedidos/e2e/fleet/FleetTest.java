package dev.pedidos.e2e.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.FleetEye;
import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Fault 21, and what operators see of it: workers start, stop, are killed and frozen. Then one after the other is replaced, as
 * in the upgrade of a fleet.
 */
@Isolated("it measures seconds, with four workers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetTest {

    /** Enough that every shard has some. */
    private static final int RECEIVERS = 128;

    private static final int SHARDS = 16;
    private static final int PER_SECOND = 60;

    private static TestSystem system;
    private static TestProgram api;
    private static FleetEye fleet;
    private static Standstills standstills;
    private static Witness witness;
    private static List<TestProgram> workers;

    @BeforeAll
    static void start() throws Exception {
        TestStores.awaitDrops();
        system = TestSystem.start("fleet", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_SHARDS", "" + SHARDS));
        api = system.api();
        fleet = new FleetEye(system, api, SHARDS);
        witness = new Witness(system);
        standstills = new Standstills(system);
        workers = new ArrayList<>(system.workers(4));
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            if (standstills != null) {
                standstills.close();
            }
        } finally {
            system.close();
        }
    }

    @Test
    @Order(1)
    void workersShareTheShardsAndTakeOverFromOneThatIsKilledFrozenOrStopped() throws Exception {
        assertThat(standstills.without(() -> fleet.timeUntilShared(4))).isLessThan(Duration.ofSeconds(3));
        assertThat(fleet.standbys()).isEqualTo(SHARDS);
        assertThat(timeOfOneEach("all")).isLessThan(Duration.ofSeconds(5));

        workers.removeLast().kill();
        assertThat(timeOfOneEach("killed")).isLessThan(Duration.ofSeconds(5));
        fleet.timeUntilShared(3);

        workers.getFirst().freeze();
        assertThat(timeOfOneEach("frozen")).isLessThan(Duration.ofSeconds(12));
        fleet.timeUntilShared(2);
        workers.getFirst().thaw();
        fleet.timeUntilShared(3);
        timeOfOneEach("thawed");

        workers.removeLast().drain();
        fleet.timeUntilShared(2);
        assertThat(timeOfOneEach("stopped")).isLessThan(Duration.ofSeconds(5));
        witness.assertEveryLawHolds();
        assertThat(mostAttempts()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void noPedidoIsLostTriedTwiceOrLateWhileThreeWorkersAreReplaced() throws Exception {
        workers.add(system.worker());
        assertThat(workers).hasSize(3);
        replaceWorkersUnderLoad();
        witness.assertEveryLawHolds();
        var longest = longestDelay();

        assertThat(mostAttempts()).isEqualTo(1);
        System.err.print(RootLocale.format(
                "e2e: rolling restart: the latest pedido was done after %d ms%n", longest.toMillis()));
        assertThat(longest).isLessThan(Duration.ofSeconds(5));
    }

    private static void replaceWorkersUnderLoad() throws Exception {
        long before = witness.answered();
        var replaced = new AtomicBoolean();
        var sending = witness.sending(
                List.of(api),
                16,
                PER_SECOND,
                bodies().takeWhile(body -> !replaced.get()).iterator());
        Awaitility.await().until(() -> witness.answered() > before + PER_SECOND);
        for (TestProgram old : workers) {
            old.stop();
            system.worker();
        }
        replaced.set(true);
        sending.join();
    }

    private static Duration timeOfOneEach(String prefix) throws Exception {
        var took = standstills.without(() -> fleet.timeOfOneEach(witness, RECEIVERS, prefix));
        System.err.print(
                RootLocale.format("e2e: %s: one of each receiver done after %d ms%n", prefix, took.toMillis()));
        return took;
    }

    private static long mostAttempts() {
        return system.count("select max(tentativas) from pedidos");
    }

    /** Of each pedido, but for the standstills meanwhile. */
    private static Duration longestDelay() {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle
                        .createQuery("""
                    select p.aceito_em, e.occurred_at
                    from pedidos p
                    join operation_events e on e.external_id = p.pedido_id and e.event_type = 'COMPLETED'
                    where p.pedido_id like 'p-%'\
                    """)
                        .map((row, context) -> standstills.between(
                                row.getTimestamp("aceito_em").toInstant(),
                                row.getTimestamp("occurred_at").toInstant()))
                        .stream()
                        .max(Duration::compareTo)
                        .orElseThrow());
    }

    private static Stream<String> bodies() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> Client.simulado("p-" + i, "rcb-" + i % RECEIVERS, "{\"demora_ms\":5}"));
    }
}
