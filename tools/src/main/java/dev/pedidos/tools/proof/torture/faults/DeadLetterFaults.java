package dev.pedidos.tools.proof.torture.faults;

import dev.pedidos.shared.message.Death;
import dev.pedidos.tools.proof.torture.system.Shovel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/** Operators who work against each other. A hit is a dead letter that was redriven or discarded. */
final class DeadLetterFaults {
    private static final Set<Target> LETTERS = Set.of(Target.LETTERS);
    private static final List<String> MOTIVOS = List.of(Death.TENTATIVAS_ESGOTADAS, Death.FALHA_PERMANENTE);
    private static final int SOME = 20;
    private static final int PER_SECOND = 50;

    private DeadLetterFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("redriven-twice", LETTERS, Duration.ZERO, Duration.ZERO, DeadLetterFaults::redriveTwice),
                new Fault("redriven-group", LETTERS, Duration.ZERO, Duration.ZERO, DeadLetterFaults::redriveGroup),
                new Fault("discarded", LETTERS, Duration.ZERO, Duration.ZERO, DeadLetterFaults::discard),
                new Fault(
                        "moved-by-hand",
                        Set.of(Target.BROKER, Target.LETTERS),
                        Duration.ZERO,
                        Duration.ZERO,
                        DeadLetterFaults::moveByHand));
    }

    /** Two operators redrive the same letter at the same moment, through two APIs. */
    private static long redriveTwice(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long redriven = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String pedidoId : dead(scene, SOME)) {
                var second = threads.submit(() -> scene.operator().redrive(1, pedidoId));
                var first = threads.submit(() -> scene.operator().redrive(0, pedidoId));
                redriven += answer(first) ? 1 : 0;
                redriven += answer(second) ? 1 : 0;
            }
        }
        return redriven;
    }

    private static long redriveGroup(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        return Window.await(() -> scene.operator().redriveAll(MOTIVOS.get(random.nextInt(MOTIVOS.size())), PER_SECOND));
    }

    private static long discard(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        long discarded = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String pedidoId : dead(scene, SOME / 4)) {
                int api = random.nextInt(2);
                discarded += answer(threads.submit(() -> scene.operator().discard(api, pedidoId))) ? 1 : 0;
            }
        }
        return discarded;
    }

    /** Moves messages as the management UI does, while somebody else redrives some of them. */
    private static long moveByHand(Scene scene, Duration length, RandomGenerator random)
            throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var shovel = new Shovel(scene.servers().amqpUri())) {
            return shovel.move("pedidos_dlq", "pedidos_queue", SOME, pedidoId -> {
                var unused = redriveMaybe(scene, pedidoId, random, threads);
            });
        }
    }

    private static List<String> dead(Scene scene, int most) throws IOException, InterruptedException {
        Window.await(() -> scene.operator().dead(1).size());
        return scene.operator().dead(most);
    }

    private static Future<Boolean> redriveMaybe(
            Scene scene, String pedidoId, RandomGenerator random, ExecutorService threads) {
        boolean both = random.nextBoolean();
        return threads.submit(() -> both && scene.operator().redrive(1, pedidoId));
    }

    /** If the API does not answer, it has redriven the letter or not: both must be right. */
    private static boolean answer(Future<Boolean> request) throws InterruptedException {
        try {
            return request.get();
        } catch (ExecutionException unknown) {
            return false;
        }
    }
}
