package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestStores;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.limit.Limit;
import dev.pedidos.shared.ledger.limit.LimitStore;
import dev.pedidos.shared.ledger.limit.Slots;
import dev.pedidos.shared.ledger.limit.SqlSlots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Limits of calls for two workers. */
@Isolated("it measures how many calls are made in a second")
class LimitTest {

    private static final int A_SECOND = 20;
    private static final int CALLS = 120;
    private static final int RECEIVERS = 40;
    private static final Limit SLOW = new Limit("devagar", new CallRate(1, Duration.ofHours(1)));

    private static TestSystem system;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        TestStores.awaitDrops();
        system = TestSystem.start(
                "limits",
                Map.of(
                        "PEDIDOS_SHARDS",
                        "4",
                        "PEDIDOS_HANDLER_SIMULADO",
                        "on",
                        "PEDIDOS_LIMITES",
                        "banco=" + A_SECOND + "/s,devagar=1/h"));
        client = new Client(system.api());
        system.worker();
        // It keeps to the other one's setting too.
        system.worker(Map.of("PEDIDOS_LIMITES", "banco=1000/s"));
        Awaitility.await()
                .until(() -> system.count("select count(*) from limite_vagas where dependencia = 'devagar'") == 1);
        var taken = new SqlSlots(system.ledger()).take(SLOW, new Slots.Asking("nobody", false), Duration.ZERO);
        assertThat(taken).isPresent();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void noWindowHoldsMoreCallsThanAllowedAndAlmostAllAreUsedAndNoAttempt() throws Exception {
        String start = system.text("select clock_timestamp()::text");
        var posted = IntStream.range(0, CALLS)
                .mapToObj(i -> client.postAsync(
                        Client.simulado("call-" + i, "rcb-" + i % RECEIVERS, "{\"chama\":\"banco\",\"demora_ms\":5}")))
                .toList();
        posted.forEach(answer -> assertThat(answer.join().status()).isEqualTo(202));
        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED' and pedido_id like 'call-%'", CALLS);

        assertThat(system.count("select (1000000 * sum(extract(epoch from greatest(livre_em - timestamptz '" + start
                        + "', '0'))))" + "::bigint from limite_vagas where dependencia = 'banco' and vaga < "
                        + A_SECOND))
                .as("microseconds for which slots were taken")
                .isGreaterThanOrEqualTo(CALLS * 1_000_000L);
        List<Long> began = began();
        assertThat(shortWindow(A_SECOND, began))
                .as(
                        "microseconds from a call to the one after %d more; a worker that stands still may see one"
                                + " late",
                        A_SECOND)
                .isGreaterThanOrEqualTo(1_000_000);
        assertThat(shortWindow(3 * A_SECOND, began))
                .as("microseconds in which as many calls were made as are allowed in a second, once the line was there")
                .isLessThanOrEqualTo((long) (1_000_000 / 0.95));
        assertThat(system.count("select count(*) from pedidos where pedido_id like 'call-%' and tentativas <> 1"))
                .as("pedidos that have used an attempt for waiting")
                .isZero();
        assertThat(system.count("select sum(agendamento) from pedidos where pedido_id like 'call-%'"))
                .as("how often pedidos were put into the line; on a busy machine some miss their place")
                .isLessThan(2 * CALLS);
        assertThat(system.count("select count(*) from esperas where dependencia = 'banco'"))
                .isZero();
        var laws = PedidosCommand.run("verify", "--url", system.stores().databaseUrl());
        assertThat(laws.exitCode()).as(laws.output()).isZero();
    }

    /**
     * That of a tenth of them: in the others the machine may have been busy with something else.
     *
     * @param end of the first window: its last call
     */
    private static long shortWindow(int end, List<Long> began) {
        var windows = IntStream.range(end, CALLS)
                .mapToLong(i -> began.get(i) - began.get(i - A_SECOND))
                .sorted()
                .toArray();
        return windows[windows.length / 10];
    }

    private static List<Long> began() {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select (resultado ->> 'chamado_em_us')::bigint as began from pedidos"
                                        + " where pedido_id like 'call-%' order by began")
                        .mapTo(Long.class)
                        .list());
    }

    @Test
    void aPedidoThatWaitsAndIsCancelledEndsAtOnce() throws Exception {
        client.post(Client.simulado("waiting", "rcb-waiting", "{\"chama\":\"devagar\"}"));
        client.post(Client.simulado("behind", "rcb-waiting", "{}"));
        system.awaitCount("select count(*) from esperas where pedido_id = 'waiting'", 1);
        assertThat(client.get("/pedidos/waiting").text("status")).isEqualTo("RETRYING");
        client.cancel("waiting");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'behind' and status = 'COMPLETED'", 1);
        assertThat(client.get("/pedidos/waiting").text("motivo")).isEqualTo("CANCELADO");
        assertThat(system.count("select count(*) from esperas where pedido_id = 'waiting'"))
                .isZero();
    }

    @Test
    void theFleetKeepsToTheSettingsOfAllLivingWorkers() {
        var store = new LimitStore(system.ledger());
        var unused = store.agree("a test", CallRate.parse("misto=5/s,quebrado=7/s"));
        assertThat(store.agree("another test", CallRate.parse("misto=100/min,quebrado=10000/h")))
                .contains(
                        SLOW,
                        new Limit("banco", new CallRate(A_SECOND, Duration.ofSeconds(1))),
                        new Limit("misto", new CallRate(5, Duration.ofSeconds(3))),
                        new Limit("quebrado", new CallRate(7, Duration.ofMillis(2_522))));
    }
}
