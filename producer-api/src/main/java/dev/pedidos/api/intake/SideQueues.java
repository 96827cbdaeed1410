package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.MessagePublisher;
import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.OutboundMessage;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.PulledMessage;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * The queues of what was in the open queue and is no work of this fleet. If such a queue takes no messages, they go to the end of the
 * open queue again: the pedidos behind them must not wait for it.
 */
public final class SideQueues {

    /**
     * A message on its way there.
     *
     * @param taken from the open queue
     * @param sent for it
     * @param whenThere runs when the queue has it
     */
    record Sideways(PulledMessage taken, OutboundMessage sent, Runnable whenThere) {}

    /** One that gives no answer gets no more messages meanwhile: each would wait, and take room until it is answered. */
    private static final Duration SILENT = Duration.ofSeconds(60);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LoggerFactory.getLogger(SideQueues.class));
    private final Map<String, Long> silentSince = new HashMap<>();
    private final MessagePublisher publisher;
    private final Messages messages;

    public SideQueues(MessagePublisher publisher, Messages messages) {
        this.publisher = publisher;
        this.messages = messages;
    }

    /**
     * When it returns, all can be acknowledged.
     *
     * @return how many are in the open queue again
     * @throws PublishFailed the open queue does not take them either
     */
    int publish(List<Sideways> all) throws PublishFailed, InterruptedException {
        Map<Sideways, CompletableFuture<Void>> confirms = LinkedHashMap.newLinkedHashMap(all.size());
        all.stream().filter(one -> !isSilent(one)).forEach(one -> confirms.put(one, publisher.publish(one.sent())));
        List<Sideways> there = ConfirmWait.confirmed(confirms, DeadMessages.CONFIRM_WAIT);
        there.forEach(one -> one.whenThere().run());
        confirms.forEach((one, confirm) -> {
            if (!confirm.isDone()) {
                silentSince.put(one.sent().routingKey(), System.nanoTime());
            }
        });
        List<Sideways> left = all.stream().filter(one -> !there.contains(one)).toList();
        if (!left.isEmpty()) {
            putBack(left);
        }
        return left.size();
    }

    private boolean isSilent(Sideways one) {
        var since = silentSince.get(one.sent().routingKey());
        return since != null && System.nanoTime() - since < SILENT.toNanos();
    }

    private void putBack(List<Sideways> left) throws PublishFailed, InterruptedException {
        faults.warn(
                "a queue takes no messages: what should go there is put back at the end of the open queue, and is tried again",
                left.getFirst().sent().routingKey());
        ConfirmWait.all(
                left.stream()
                        .map(Sideways::taken)
                        .map(messages::toOpenQueueAgain)
                        .map(publisher::publish)
                        .toList(),
                DeadMessages.CONFIRM_WAIT);
    }
}
