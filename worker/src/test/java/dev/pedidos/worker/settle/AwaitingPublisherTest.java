package dev.pedidos.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.DeliveryPaused;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.message.Version;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker's message that the broker does not take. */
@Timeout(30)
class AwaitingPublisherTest {

    private static final OutboundMessage MESSAGE =
            new OutboundMessage("pedidos.retry.1s", "r", new Version("p", 0, 1, 1), "simulado", new byte[0], Map.of());

    private final AtomicInteger tries = new AtomicInteger();

    private CompletableFuture<Void> thirdTimeLucky(OutboundMessage message) {
        return tries.incrementAndGet() < 3 ? refused(message) : CompletableFuture.completedFuture(null);
    }

    private static CompletableFuture<Void> refused(OutboundMessage message) {
        return CompletableFuture.failedFuture(new PublishFailed(message.exchange() + " is full"));
    }

    @Test
    void itTriesAgainUntilTheBrokerTakesTheMessage() throws Exception {
        new AwaitingPublisher(this::thirdTimeLucky).ofOpenConnection().publish(MESSAGE);
        assertThat(tries).hasValue(3);
    }

    @Test
    void withoutTheConnectionOfTheDeliveriesItDoesNotTryAgain() {
        var publisher = new AwaitingPublisher(this::thirdTimeLucky);
        publisher.setConsumingConnection(() -> AwaitingPublisher.NOT_CONSUMING);
        assertThatThrownBy(() -> publisher.ofOpenConnection().publish(MESSAGE)).isInstanceOf(PublishFailed.class);
        assertThat(tries).hasValue(1);
    }

    /** Its delivery is redelivered on the next one: two would be held. */
    @Test
    void onAnotherConnectionOfTheDeliveriesItDoesNotTryAgain() {
        var publisher = new AwaitingPublisher(this::thirdTimeLucky);
        publisher.setConsumingConnection(() -> 1 + tries.get() / 2);
        assertThatThrownBy(() -> publisher.ofOpenConnection().publish(MESSAGE)).isInstanceOf(PublishFailed.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void aDeliveryOfAConnectionThatIsLostIsNotHeld() {
        var connection = new AtomicInteger(1);
        var publisher = new AwaitingPublisher(this::thirdTimeLucky);
        publisher.setConsumingConnection(connection::get);
        var ofTheFirst = publisher.ofOpenConnection();
        connection.set(2);
        assertThatThrownBy(() -> ofTheFirst.publish(MESSAGE)).isInstanceOf(PublishFailed.class);
        assertThat(tries).hasValue(1);
    }

    /** Another copy would take more of the room that all queues share. */
    @Test
    void aMessageWhoseConfirmIsLateIsNotPublishedAgain() throws Exception {
        var confirm = new CompletableFuture<Void>();
        var publisher = new AwaitingPublisher(
                message -> {
                    tries.incrementAndGet();
                    return confirm;
                },
                Duration.ofMillis(1));
        var published = CompletableFuture.runAsync(
                () -> {
                    try {
                        publisher.ofOpenConnection().publish(MESSAGE);
                    } catch (PublishFailed | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Thread::startVirtualThread);
        assertThat(published.copy().completeOnTimeout(null, 1, TimeUnit.SECONDS))
                .succeedsWithin(Duration.ofSeconds(10));
        assertThat(published).isNotDone();
        confirm.complete(null);
        assertThat(published).succeedsWithin(Duration.ofSeconds(10));
        assertThat(tries).hasValue(1);
    }

    @Test
    void anOfferIsMadeOnce() {
        var publisher = new AwaitingPublisher(this::thirdTimeLucky);
        assertThatThrownBy(() -> publisher.offer(MESSAGE)).isInstanceOf(PublishFailed.class);
        assertThat(tries).hasValue(1);
    }

    @Test
    void whenTheWorkerStopsTheDeliveryGoesBack() {
        var publisher = new AwaitingPublisher(AwaitingPublisherTest::refused);
        publisher.announceStop();
        assertThatThrownBy(() -> publisher.ofOpenConnection().publish(MESSAGE)).isInstanceOf(DeliveryPaused.class);
        assertThatThrownBy(() -> publisher.offer(MESSAGE)).isInstanceOf(DeliveryPaused.class);
    }
}
