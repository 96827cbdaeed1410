package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.TcpProxy;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Fault 12: the broker is away for a while. */
class BrokerAwayTest {

    private static final int RECEIVERS = 50;
    private static final int EACH = 100;

    @Test
    void fiveThousandAreNotedAndAnsweredAtOnceAndTakeEffectInOrderWhenItIsBack() throws Exception {
        try (var system = TestSystem.start("broker-away", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var broker = new TcpProxy(system.stores().amqpUri())) {
            var client = new Client(system.api(Map.of("AMQP_URI", broker.uri())));
            system.worker();
            broker.cutOff();
            Awaitility.await("DEGRADED")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> client.get("/readyz").text("broker").equals("DOWN"));
            var slowest = new AtomicLong();
            Crowd.of(RECEIVERS, receiver -> {
                for (int i = 0; i < EACH; i++) {
                    long start = System.nanoTime();
                    Crowd.mustBeAccepted(client.post(
                            Client.simulado("p-%03d-%03d".formatted(receiver, i), "rcb-" + receiver, "{}")));
                    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                }
            });
            assertThat(Duration.ofNanos(slowest.get())).as("slowest answer").isLessThan(Duration.ofSeconds(3));
            assertThat(system.count("select count(*) from pedidos where published"))
                    .isZero();

            broker.heal();
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", RECEIVERS * EACH);
            assertThat(system.count("""
                    select count(*) from (
                        select p.pedido_id, lag(p.pedido_id) over (partition by p.recebedor_id order by e.id) as before
                        from operation_events e
                        join pedidos p on p.pedido_id = e.external_id
                        where e.event_type = 'COMPLETED'
                    ) effects
                    where before > pedido_id""")).as("that overtook another").isZero();
        }
    }
}
