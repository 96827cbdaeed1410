package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.Lots;
import dev.pedidos.worker.turn.TurnParts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several deliveries at hand. Those that are admitted to a lot share one transaction. {@link ShardWork} handles all others, and those that the
 * transaction did not finish. They are acknowledged in the order of the queue, but for those that go on beside the shard.
 */
final class LotWork {

    /**
     * A delivery of a pedido.
     *
     * @param admitted it may be part of a lot
     */
    private record Received(Delivery delivery, Candidate message, boolean admitted) {}

    /** By which a pedido of a lot is found. The same id under another tipo is a conflict. */
    private record Key(String tipo, String pedidoId) {

        static Key of(Candidate candidate) {
            return new Key(candidate.pedido().tipo(), candidate.pedidoId());
        }
    }

    private final Lots lots;
    private final LotRules rules;
    private final StepRunner stepRunner;
    private final ShardWork shardWork;

    LotWork(TurnParts turn, StepRunner stepRunner, ShardWork shardWork) {
        this.lots = turn.lots();
        this.rules = turn.rules();
        this.stepRunner = stepRunner;
        this.shardWork = shardWork;
    }

    /**
     * @param deliveries in the order of the queue
     * @throws PublishFailed the deliveries from the failed one on are left unacknowledged and are redelivered
     */
    void handle(List<Delivery> deliveries, ShardConsumer shard) throws PublishFailed, InterruptedException {
        var received = deliveries.stream().map(this::received).toList();
        Map<Key, Ending> endings = new HashMap<>();
        for (var lot : byTipo(received)) {
            stepRunner
                    .runLot(() -> lots.pass(lot), lot.getFirst(), shard)
                    .members()
                    .forEach(member -> endings.put(Key.of(member.candidate()), member.ending()));
        }
        for (int i = 0; i < received.size(); i++) {
            if (received.get(i).isEmpty()) {
                shardWork.handle(deliveries.get(i), shard);
            } else {
                end(received.get(i).get(), endings, shard);
            }
        }
    }

    /** Empty if it is not a pedido. */
    private Optional<Received> received(Delivery delivery) {
        try {
            var message = ShardWork.decode(delivery);
            return Optional.of(new Received(delivery, message, rules.admits(message)));
        } catch (InvalidMessage e) {
            return Optional.empty();
        }
    }

    private void end(Received one, Map<Key, Ending> endings, ShardConsumer shard)
            throws PublishFailed, InterruptedException {
        // Once: a second copy of the same message is decided by itself.
        Ending ending = one.admitted() ? endings.remove(Key.of(one.message())) : null;
        if (ending == null) {
            shardWork.handle(one.delivery(), one.message(), shard);
        } else {
            shardWork.end(DeliveryInHand.of(one.delivery(), shard), one.message(), ending);
        }
    }

    /** The lots: each has one tipo, and each pedido once. */
    private static List<List<Candidate>> byTipo(List<Optional<Received>> received) {
        Map<String, Map<String, Candidate>> byTipo = new LinkedHashMap<>();
        received.stream()
                .flatMap(Optional::stream)
                .filter(Received::admitted)
                .map(Received::message)
                .forEach(message -> byTipo.computeIfAbsent(message.pedido().tipo(), tipo -> new LinkedHashMap<>())
                        .putIfAbsent(message.pedidoId(), message));
        return byTipo.values().stream()
                .filter(lot -> lot.size() > 1)
                .map(lot -> List.copyOf(lot.values()))
                .toList();
    }
}
