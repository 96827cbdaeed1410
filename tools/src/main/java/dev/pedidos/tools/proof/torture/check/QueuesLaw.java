package dev.pedidos.tools.proof.torture.check;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.torture.system.BrokerAdmin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** When all pedidos are final, only the queue of dead letters holds messages, and none is unacknowledged. */
final class QueuesLaw {
    private static final String DEAD_LETTERS = "pedidos_dlq";
    /** Outdated copies return from their delay queues and are dropped; the relay's confirms arrive. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private QueuesLaw() {}

    static Verdict check(BrokerAdmin broker) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var queues = broker.queues();
        while (!notEmpty(queues).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_EVERY);
            queues = broker.queues();
        }
        var left = notEmpty(queues).stream()
                .map(queue -> RootLocale.format(
                        "%s: %d ready, %d unacknowledged", queue.name(), queue.ready(), queue.unacknowledged()))
                .toList();
        return new Verdict(
                "queues-are-empty",
                queues.size() + " queues",
                left.size(),
                left.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }

    private static List<BrokerAdmin.Queue> notEmpty(List<BrokerAdmin.Queue> queues) {
        return queues.stream()
                .filter(queue -> queue.unacknowledged() > 0
                        || (queue.ready() > 0 && !queue.name().equals(DEAD_LETTERS)))
                .toList();
    }
}
