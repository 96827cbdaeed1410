package dev.pedidos.e2e.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Amqp;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Standstills;
import dev.pedidos.e2e.system.TestSystem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Programs that publish to pedidos_queue all the time. */
class SteadyProducersTest {

    private static final int PRODUCERS = 2;
    /** Their pedidos come again and again, so that nothing else has to be done. */
    private static final int PEDIDOS = 300;

    private static final int NEW = 20;
    private static final int MOST = 15;

    private static final Executor VIRTUAL = Thread::startVirtualThread;

    /** An API that starts inserts new pedidos once all that lay in the queue is inserted, although the queue is not empty. */
    @Test
    void anApiInsertsNewPedidosAlthoughTheQueueIsNeverEmpty() throws Exception {
        var stopped = new AtomicBoolean();
        try (var system = TestSystem.start("producers", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
                var standstills = new Standstills(system)) {
            system.apiByLedger();
            system.worker();
            var producers = IntStream.range(0, PRODUCERS)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> publishUntil(stopped, system), VIRTUAL))
                    .toList();
            try {
                system.awaitCount("select count(*) from pedidos", PEDIDOS);
                var started = system.apiByLedger();
                assertThat(producers).noneMatch(CompletableFuture::isDone);
                var client = new Client(started);
                for (int i = 0; i < NEW; i++) {
                    assertThat(client.post(Client.simulado("new-" + i, "rcb", "{}"))
                                    .status())
                            .isEqualTo(202);
                }
                // A database that stands still for seconds lets the broker take some.
                if (standstills.longest().compareTo(Duration.ofSeconds(3)) < 0) {
                    assertThat(system.count(
                                    "select count(*) from pedidos where not unnoted and pedido_id like 'new-%'"))
                            .isGreaterThanOrEqualTo(MOST);
                }
                client.awaitLedgerPath();
            } finally {
                stopped.set(true);
            }
            producers.forEach(CompletableFuture::join);
        }
    }

    private static void publishUntil(AtomicBoolean stopped, TestSystem system) {
        try (var amqp = new Amqp(system.stores())) {
            for (int i = 0; !stopped.get(); i++) {
                String id = "steady-" + i % PEDIDOS;
                amqp.publish(amqp.names().openQueue(), Client.simulado(id, id, "{}"));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
