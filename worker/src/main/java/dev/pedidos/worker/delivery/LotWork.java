package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.turn.LotPassage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The deliveries at hand: the ordinary ones are tried in one transaction. What is undecided after that, and
 * everything else, is {@link ShardWork}. They are acknowledged in the order of the queue.
 */
public final class LotWork {

    /** @param ordinary its message, if it may be part of a lot */
    private record Received(Delivery delivery, Optional<Candidate> ordinary) {}

    private final LotPassage passage;
    private final ShardWork each;
    private final DatabaseRetry retry;
    private final WorkMetrics metrics;
    private final Map<String, String> inHand;

    /** @param inHand the first pedido in hand, by shard: kept up to date here */
    LotWork(LotPassage passage, ShardWork each, DatabaseRetry retry, WorkMetrics metrics, Map<String, String> inHand) {
        this.passage = passage;
        this.each = each;
        this.retry = retry;
        this.metrics = metrics;
        this.inHand = inHand;
    }

    /**
     * @param deliveries in the order of the queue
     * @throws PublishFailed the deliveries from the failed one on are left unacknowledged and are redelivered
     */
    public void handle(List<Delivery> deliveries, String shard) throws PublishFailed, InterruptedException {
        if (deliveries.size() == 1) {
            each.handle(deliveries.getFirst(), shard);
            return;
        }
        var received = deliveries.stream().map(this::received).toList();
        Map<String, Ending> endings = new HashMap<>();
        for (var lot : lots(received)) {
            endings.putAll(pass(lot, shard));
        }
        for (var one : received) {
            // A second copy of the same message is decided by itself.
            var ending = one.ordinary().map(message -> endings.remove(message.pedidoId()));
            if (ending.isPresent()) {
                each.end(one.delivery(), one.ordinary().get(), ending.get(), shard);
            } else {
                each.handle(one.delivery(), shard);
            }
        }
    }

    private Received received(Delivery delivery) {
        if (delivery.redelivered()) {
            return new Received(delivery, Optional.empty());
        }
        try {
            var message = Candidate.ofMessage(delivery.body(), delivery.headers(), false);
            return new Received(delivery, Optional.of(message).filter(passage::admits));
        } catch (InvalidMessage e) {
            return new Received(delivery, Optional.empty());
        }
    }

    /** Each has one tipo, and each pedido once. */
    private static List<List<Candidate>> lots(List<Received> received) {
        Map<String, Map<String, Candidate>> byTipo = new LinkedHashMap<>();
        for (var one : received) {
            one.ordinary()
                    .ifPresent(
                            message -> byTipo.computeIfAbsent(message.pedido().tipo(), tipo -> new LinkedHashMap<>())
                                    .putIfAbsent(message.pedidoId(), message));
        }
        return byTipo.values().stream()
                .filter(lot -> lot.size() > 1)
                .map(lot -> List.copyOf(lot.values()))
                .toList();
    }

    private Map<String, Ending> pass(List<Candidate> lot, String shard) {
        inHand.put(shard, lot.getFirst().pedidoId());
        try {
            return metrics.timedLot(() -> retry.once(() -> passage.pass(lot)).orElse(Map.of()));
        } finally {
            inHand.remove(shard);
        }
    }
}
