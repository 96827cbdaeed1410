package dev.pedidos.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a worker does with a message that the broker does not take. */
@Timeout(30)
class AwaitingPublisherTest {

    private static final OutboundMessage MESSAGE =
            new OutboundMessage("pedidos.retry.1s", "r", "p", "simulado", 0, 1, 1, new byte[0], Map.of());

    private final AtomicInteger tries = new AtomicInteger();

    private CompletableFuture<Void> thirdTimeLucky(OutboundMessage message) {
        return tries.incrementAndGet() < 3 ? refused(message) : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> refused(OutboundMessage message) {
        return CompletableFuture.failedFuture(new PublishFailed(message.exchange() + " is full"));
    }

    @Test
    void itTriesAgainUntilTheBrokerTakesTheMessage() throws Exception {
        new AwaitingPublisher(this::thirdTimeLucky, () -> true).publish(MESSAGE);
        assertThat(tries).hasValue(3);
    }

    @Test
    void withoutAConnectionItDoesNotTryAgain() {
        var publisher = new AwaitingPublisher(this::thirdTimeLucky, () -> false);
        assertThatThrownBy(() -> publisher.publish(MESSAGE)).isInstanceOf(PublishFailed.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void anOfferIsMadeOnce() {
        var publisher = new AwaitingPublisher(this::thirdTimeLucky, () -> true);
        assertThatThrownBy(() -> publisher.offer(MESSAGE)).isInstanceOf(PublishFailed.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void whenTheWorkerStopsTheDeliveryGoesBack() {
        var publisher = new AwaitingPublisher(AwaitingPublisherTest::refused, () -> true);
        publisher.announceStop();
        assertThatThrownBy(() -> publisher.publish(MESSAGE)).isInstanceOf(DeliveryPaused.class);
        assertThatThrownBy(() -> publisher.offer(MESSAGE)).isInstanceOf(DeliveryPaused.class);
    }
}
