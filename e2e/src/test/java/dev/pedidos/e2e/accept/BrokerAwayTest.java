package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.OwnServers;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.stack.stores.KillableServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Fault 12: the broker is down for a while. And it ends a delivery that is held for too long. */
class BrokerAwayTest {

    private static final int RECEIVERS = 50;
    private static final int EACH = 100;

    private static KillableServers servers;

    @BeforeAll
    static void open() throws Exception {
        servers = OwnServers.open("broker");
    }

    @AfterAll
    static void close() {
        servers.close();
    }

    @Test
    void fiveThousandAcceptedWhileItIsKilledTakeEffectInOrderWhenItIsBack() throws Exception {
        try (var system = TestSystem.on(servers.fresh("broker_away"), Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.api();
            var client = new Client(api);
            var witness = new Witness(system);
            system.worker();
            witness.send(List.of(api), 1, List.of(Client.simulado("before", "rcb", "{}")));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 1);
            servers.killBroker();
            Awaitility.await("DEGRADED")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> client.get("/readyz").text("broker").equals("DOWN"));
            witness.send(List.of(api), RECEIVERS, pedidos());
            assertThat(witness.accepted()).isEqualTo(1 + RECEIVERS * EACH);
            assertThat(witness.slowest(95)).isLessThan(Duration.ofSeconds(3));
            assertThat(system.count("select count(*) from pedidos where published and pedido_id <> 'before'"))
                    .isZero();

            servers.startBroker();
            witness.assertEveryLawHolds();
            assertThat(system.count("select count(*) from pedidos where status = 'COMPLETED' and tentativas = 1"))
                    .isEqualTo(1 + RECEIVERS * EACH);
        }
    }

    @Test
    void aDeliveryThatIsHeldForLongerThanConsumerTimeoutTakesEffectOnce() throws Exception {
        setConsumerTimeout(1_500, 500);
        try (var system = TestSystem.on(servers.fresh("timeout"), Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var api = system.api();
            var client = new Client(api);
            var witness = new Witness(system);
            var worker = system.worker();
            witness.send(
                    List.of(api),
                    1,
                    List.of(
                            Client.simulado("held", "rcb-held", "{\"demora_ms\":4000}"),
                            Client.simulado("follower", "rcb-held", "{}")));
            Awaitility.await("ended by the broker").until(() -> worker.log().contains("PRECONDITION_FAILED"));
            witness.send(List.of(api), 1, List.of(Client.simulado("other", "rcb-other", "{}")));

            client.awaitStatus("other", "COMPLETED");
            witness.assertEveryLawHolds();
            assertThat(client.get("/pedidos/held").number("tentativas")).isEqualTo(1);
        } finally {
            setConsumerTimeout(1_800_000, 60_000);
        }
    }

    /** Of the channels that are opened from now on. */
    private static void setConsumerTimeout(int millis, int lookedAtEvery) throws Exception {
        servers.rabbitmqctl(
                "eval",
                RootLocale.format(
                        "application:set_env(rabbit, consumer_timeout, %d), application:set_env(rabbit, channel_tick_interval, %d).",
                        millis, lookedAtEvery));
    }

    private static List<String> pedidos() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < RECEIVERS * EACH; i++) {
            bodies.add(Client.simulado("p-" + i, "rcb-" + i % RECEIVERS, "{}"));
        }
        return bodies;
    }
}
