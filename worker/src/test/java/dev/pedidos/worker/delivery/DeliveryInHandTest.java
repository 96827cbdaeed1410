package dev.pedidos.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.inmemory.MemoryDelivery;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryInHandTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void aHundredPedidosOfAReceiverFollowOnADeliveryButNotForLongerThanAMinute() throws Exception {
        var worker = new InMemoryWorker();
        var delivery = MemoryDelivery.of(worker.accept("pedido", "r"));
        var it = DeliveryInHand.of(delivery, new ShardConsumer("pedidos_queue.00", worker.settlement));

        assertThat(it.goesOn(99, it.since() + MINUTE - 1)).isTrue();
        assertThat(it.goesOn(100, it.since())).isFalse();
        assertThat(it.goesOn(0, it.since() + MINUTE)).isFalse();
        assertThat(it.withoutLots().goesOn(0, it.since() + MINUTE)).isFalse();
        assertThat(it.begun().since()).as("after its wait in a lane").isGreaterThan(it.since());
    }
}
