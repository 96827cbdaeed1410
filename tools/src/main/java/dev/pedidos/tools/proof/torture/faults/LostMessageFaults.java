package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.tools.proof.torture.system.BrokerAdmin;
import dev.pedidos.tools.proof.torture.system.FleetMember;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Messages that an operator deletes. A hit is a message. The workers are killed first, so that there are some. */
final class LostMessageFaults {
    private static final Set<Target> BROKER_AND_WORKERS = Set.of(Target.WORKERS, Target.BROKER);

    private static final String PURGED = "shard-purged";
    private static final String DELETED = "shard-deleted";
    static final Set<String> NAMES = Set.of(PURGED, DELETED);

    private interface Loss {
        void of(BrokerAdmin broker, String queue) throws IOException, InterruptedException;
    }

    private LostMessageFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        PURGED,
                        BROKER_AND_WORKERS,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        (scene, length, random) -> lose(scene, length, random, BrokerAdmin::purge)),
                new Fault(
                        DELETED,
                        BROKER_AND_WORKERS,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        (scene, length, random) -> lose(scene, length, random, BrokerAdmin::delete)));
    }

    private static long lose(Scene scene, Duration length, RandomGenerator random, Loss loss)
            throws IOException, InterruptedException {
        for (FleetMember worker : scene.crew().workers()) {
            worker.kill();
        }
        try {
            Hold.on(length);
            var shards = scene.broker().queues().stream()
                    .filter(queue -> queue.name().matches("pedidos_queue\\.\\d+"))
                    .sorted(Comparator.comparingLong(BrokerAdmin.Queue::ready).reversed())
                    .toList();
            // Mostly the fullest shard; otherwise any, whose receivers may get no further pedidos.
            var shard = shards.get(random.nextInt(3) > 0 ? 0 : random.nextInt(shards.size()));
            loss.of(scene.broker(), shard.name());
            return shard.ready();
        } finally {
            for (FleetMember worker : scene.crew().workers()) {
                worker.revive();
            }
            for (FleetMember worker : scene.crew().workers()) {
                Window.awaitAnswer(worker);
            }
        }
    }
}
