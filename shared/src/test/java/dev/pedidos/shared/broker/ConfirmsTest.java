package dev.pedidos.shared.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Return;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConfirmsTest {

    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger unroutable = new AtomicInteger();
    private final Confirms confirms = new Confirms(refusals::incrementAndGet, unroutable::incrementAndGet);

    @Test
    void aConfirmCompletesItsMessage() {
        var messages = expect(2);
        confirms.handleAck(2, false);
        assertThat(messages.get(0)).isNotDone();
        assertThat(messages.get(1)).isCompleted();
    }

    @Test
    void aConfirmOfSeveralCompletesAllBeforeIt() {
        var messages = expect(3);
        confirms.handleAck(2, true);
        assertThat(messages.subList(0, 2))
                .allSatisfy(message -> assertThat(message).isCompleted());
        assertThat(messages.get(2)).isNotDone();
    }

    @Test
    void aMessageThatNoQueueTakesFailsAlthoughTheBrokerConfirmsItAfterwards() {
        var message = expect(1).getFirst();
        var properties = new AMQP.BasicProperties.Builder().correlationId("1").build();
        confirms.handle(new Return(312, "NO_ROUTE", "pedidos", "r", properties, new byte[0]));
        confirms.handleAck(1, false);
        assertThat(message.handle((done, failure) -> failure).join())
                .isInstanceOf(PublishFailed.class)
                .hasMessageContaining("312 NO_ROUTE");
        assertThat(unroutable).hasValue(1);
    }

    @Test
    void aRefusedMessageFailsAndTheRefusalIsSeen() {
        var message = expect(1).getFirst();
        confirms.handleNack(1, false);
        assertThat(message).isCompletedExceptionally();
        assertThat(refusals).hasValue(1);
    }

    @Test
    void theEndOfAConnectionFailsTheRest() {
        var messages = expect(2);
        confirms.handleAck(1, false);
        confirms.failAll("gone");
        assertThat(messages.get(0)).isCompleted();
        assertThat(messages.get(1)).isCompletedExceptionally();
    }

    private List<CompletableFuture<Void>> expect(int number) {
        List<CompletableFuture<Void>> messages = new ArrayList<>();
        for (int sequence = 1; sequence <= number; sequence++) {
            var confirmed = new CompletableFuture<Void>();
            confirms.expect(sequence, confirmed);
            messages.add(confirmed);
        }
        return messages;
    }
}
