package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.worker.execution.WaitingPlaces;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Pedidos whose handlers wait: they are worked on beside their shards, so that the other receivers of a shard go on. Each receiver
 * has a lane, and in a lane one step is taken at a time. A step takes a place first, or its consumer has stopped meanwhile and the
 * step is left out: its delivery goes back to its queue.
 */
final class Lanes {

    /**
     * Part of the work on a delivery.
     *
     * @param dependencies what it may wait for
     * @param suspect its pedido may be one that ends workers
     * @param work returns the next step; empty if the delivery is finished
     */
    record Step(ShardConsumer consumer, Delivery delivery, Set<String> dependencies, boolean suspect, Work work) {}

    /** What a step does. */
    @FunctionalInterface
    interface Work {
        Optional<Step> run() throws Exception;
    }

    private final WaitingPlaces places;
    /** A thread for each place in use. Work in the database on virtual threads took twice the time while the code is cold. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("beside-", 0).factory());
    /** By receiver; what waits for the step in hand. */
    private final Map<String, Queue<Step>> lanes = new HashMap<>();

    Lanes(WaitingPlaces places) {
        this.places = places;
    }

    /** Whether a pedido of this receiver is worked on here. */
    synchronized boolean has(String recebedorId) {
        return lanes.containsKey(recebedorId);
    }

    void add(String recebedorId, Step step) {
        if (isFirst(recebedorId, step)) {
            Thread.ofVirtual().name("lane-" + step.consumer().queue()).start(() -> run(recebedorId));
        }
    }

    private synchronized boolean isFirst(String recebedorId, Step step) {
        var waiting = lanes.get(recebedorId);
        if (waiting != null) {
            waiting.add(step);
            return false;
        }
        lanes.put(recebedorId, new ArrayDeque<>(List.of(step)));
        return true;
    }

    private void run(String recebedorId) {
        for (var step = next(recebedorId); step.isPresent(); ) {
            var following = take(step.get());
            step = following.isPresent() ? following : next(recebedorId);
        }
    }

    /** The lane ends with its last step. */
    private synchronized Optional<Step> next(String recebedorId) {
        var waiting = lanes.getOrDefault(recebedorId, new ArrayDeque<>());
        if (waiting.isEmpty()) {
            lanes.remove(recebedorId);
        }
        return Optional.ofNullable(waiting.poll());
    }

    private Optional<Step> take(Step step) {
        try {
            return step.suspect() ? step.consumer().alone(() -> inItsPlace(step)) : inItsPlace(step);
        } catch (Exception | Error e) {
            step.delivery().abandon(e);
            return Optional.empty();
        }
    }

    private Optional<Step> inItsPlace(Step step) throws Exception {
        try (var place = places.take(step.dependencies())) {
            if (!step.consumer().begins()) {
                return Optional.empty();
            }
            try {
                return threads.submit(step.work()::run).get();
            } catch (ExecutionException e) {
                throw cause(e);
            } finally {
                step.consumer().ended();
            }
        }
    }

    private static Exception cause(ExecutionException failed) {
        switch (failed.getCause()) {
            case Exception e -> {
                return e;
            }
            case Error e -> throw e;
            case null, default -> {
                return failed;
            }
        }
    }
}
