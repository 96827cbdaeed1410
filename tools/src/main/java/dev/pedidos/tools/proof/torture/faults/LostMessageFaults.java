package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.shared.text.Sha256;
import dev.pedidos.tools.proof.torture.system.BrokerAdmin;
import dev.pedidos.tools.proof.torture.system.FleetMember;
import dev.pedidos.tools.proof.torture.system.WholeQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Messages that an operator deletes. A hit is a message. The workers are killed first, so that there are some. */
final class LostMessageFaults {
    private static final Set<Target> BROKER_AND_WORKERS = Set.of(Target.WORKERS, Target.BROKER);

    private interface Deletion {
        void of(BrokerAdmin broker, String queue) throws IOException, InterruptedException;
    }

    private LostMessageFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "shard-purged",
                        BROKER_AND_WORKERS,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        (scene, length, random) -> lose(scene, length, random, BrokerAdmin::purge)),
                new Fault(
                        "shard-deleted",
                        BROKER_AND_WORKERS,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        (scene, length, random) -> lose(scene, length, random, BrokerAdmin::delete)));
    }

    private static long lose(Scene scene, Duration length, RandomGenerator random, Deletion deletion)
            throws IOException, InterruptedException {
        for (FleetMember worker : scene.crew().workers()) {
            worker.kill();
        }
        try {
            Thread.sleep(length);
            var shards = scene.broker().queues().stream()
                    .filter(queue -> queue.name().matches("pedidos_queue\\.\\d+"))
                    .sorted(Comparator.comparingLong(BrokerAdmin.Queue::ready).reversed())
                    .toList();
            // Mostly the fullest shard; otherwise any, whose receivers may get no further pedidos.
            var shard = shards.get(random.nextInt(3) > 0 ? 0 : random.nextInt(shards.size()));
            return delete(scene, shard.name(), deletion);
        } finally {
            for (FleetMember worker : scene.crew().workers()) {
                worker.revive();
            }
            for (FleetMember worker : scene.crew().workers()) {
                Window.awaitAnswer(worker);
            }
        }
    }

    /** Takes the messages first, so that it is known which they were, also if the deletion fails halfway. */
    private static long delete(Scene scene, String shard, Deletion deletion) throws IOException, InterruptedException {
        long from = System.nanoTime();
        try (var queue = new WholeQueue(scene.servers().amqpUri(), shard)) {
            var messages = queue.messages();
            var taken =
                    messages.stream().map(message -> Sha256.hex(message.body())).collect(Collectors.toSet());
            try {
                queue.delete(messages);
                deletion.of(scene.broker(), shard);
            } finally {
                scene.losses().add(new Loss(from, System.nanoTime(), taken));
            }
            return messages.size();
        }
    }
}
