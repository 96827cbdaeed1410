package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Moves messages that are no work of this fleet from pedidos_queue to another queue. If that queue takes none, they go
 * back to the end of pedidos_queue, so that the pedidos behind them do not wait.
 */
public final class MessageDiversion {

    /**
     * A message on its way there.
     *
     * @param taken from the open queue
     * @param sent for it
     * @param onConfirmed runs when the queue has it
     */
    record Diversion(PulledMessage taken, OutboundMessage sent, Runnable onConfirmed) {}

    /** One that gives no answer gets no more messages meanwhile: each would wait, and take room until it is answered. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LoggerFactory.getLogger(MessageDiversion.class));
    private final Map<String, Long> silentSince = new HashMap<>();
    private final MessagePublisher publisher;
    private final Messages messages;

    public MessageDiversion(MessagePublisher publisher, Messages messages) {
        this.publisher = publisher;
        this.messages = messages;
    }

    /**
     * When it returns, all can be acknowledged.
     *
     * @return how many are in the open queue again
     * @throws PublishFailed the open queue does not take them either
     */
    int publish(List<Diversion> all) throws PublishFailed, InterruptedException {
        Map<Diversion, CompletableFuture<Void>> confirms = LinkedHashMap.newLinkedHashMap(all.size());
        all.stream().filter(one -> !isSilent(one)).forEach(one -> confirms.put(one, publisher.publish(one.sent())));
        List<Diversion> there = ConfirmWait.confirmed(confirms, PoisonMessages.CONFIRM_WAIT);
        there.forEach(one -> one.onConfirmed().run());
        confirms.forEach((one, confirm) -> {
            if (!confirm.isDone()) {
                silentSince.put(one.sent().routingKey(), System.nanoTime());
            }
        });
        List<Diversion> left = all.stream().filter(one -> !there.contains(one)).toList();
        if (!left.isEmpty()) {
            putBack(left);
        }
        return left.size();
    }

    private boolean isSilent(Diversion one) {
        var since = silentSince.get(one.sent().routingKey());
        return since != null && System.nanoTime() - since < SILENT.toNanos();
    }

    private void putBack(List<Diversion> left) throws PublishFailed, InterruptedException {
        faults.warn(
                "a queue takes no messages: its messages go to the end of pedidos_queue and are tried again",
                left.getFirst().sent().routingKey());
        ConfirmWait.all(
                left.stream()
                        .map(Diversion::taken)
                        .map(messages::toOpenQueueAgain)
                        .map(publisher::publish)
                        .toList(),
                PoisonMessages.CONFIRM_WAIT);
    }
}
