package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.execution.WaitingPlaces;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Pedidos whose handlers wait: they are worked on beside their shards, so that the other receivers of a shard go on. Each receiver
 * has a lane, and in a lane one step is taken at a time. A pedido of a tipo without order has a lane of its own. A step takes a place and memory first. If its consumer has stopped meanwhile
 * the step is left out: its delivery goes back to its queue.
 */
final class ReceiverLanes {

    /**
     * Part of the work on a delivery.
     *
     * @param dependencies what it may wait for
     * @param suspect its pedido may be one that ends workers
     * @param bytes that it takes of the memory for decoded pedidos
     * @param work returns the next step; empty if the delivery is finished
     */
    record Step(
            ShardConsumer consumer,
            Delivery delivery,
            Set<String> dependencies,
            boolean suspect,
            long bytes,
            Work work) {}

    /** What a step does. */
    @FunctionalInterface
    interface Work {
        Optional<Step> run() throws Exception;
    }

    /** Steps of a lane that wait. More would take the prefetch from the other receivers. */
    private static final int MOST_WAITING = 3;

    private final WaitingPlaces places;
    private final PedidoMemory memory;
    private final Predicate<String> ordered;
    /** A thread for each place in use. Work in the database on virtual threads took twice the time while the code is cold. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("beside-", 0).factory());
    /** By the name of the lane. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The steps that wait for the one in hand. */
    private static final class Lane {
        private final Queue<Step> waiting = new ArrayDeque<>();
        private boolean rests;
    }

    /** @param ordered whether the pedidos of a tipo stand in their receiver's line */
    ReceiverLanes(WaitingPlaces places, PedidoMemory memory, Predicate<String> ordered) {
        this.places = places;
        this.memory = memory;
        this.ordered = ordered;
    }

    /** No id has a slash. */
    private String laneOf(Candidate candidate) {
        return ordered.test(candidate.pedido().tipo()) ? candidate.recebedorId() : "pedido/" + candidate.pedidoId();
    }

    /** Whether a pedido of the same lane is worked on here. */
    synchronized boolean has(Candidate candidate) {
        return lanes.containsKey(laneOf(candidate));
    }

    /** Whether as many steps wait in its lane as should. */
    synchronized boolean isFull(Candidate candidate) {
        var lane = lanes.get(laneOf(candidate));
        return lane != null && lane.waiting.size() >= MOST_WAITING;
    }

    /** Whether its lane waits for more pedidos before its first step. */
    synchronized boolean rests(Candidate candidate) {
        var lane = lanes.get(laneOf(candidate));
        return lane != null && lane.rests;
    }

    void add(Candidate candidate, Step step) {
        add(candidate, step, Duration.ZERO);
    }

    /** @param patience how long a new lane waits before its first step, so that others can join it */
    void add(Candidate candidate, Step step, Duration patience) {
        String lane = laneOf(candidate);
        if (isFirst(lane, step, patience)) {
            Thread.ofVirtual().name("lane-" + step.consumer().queue()).start(() -> {
                rest(step.consumer(), patience);
                run(lane);
            });
        }
    }

    private static void rest(ShardConsumer consumer, Duration patience) {
        try {
            consumer.rest(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isFirst(String name, Step step, Duration patience) {
        boolean first = !lanes.containsKey(name);
        var lane = lanes.computeIfAbsent(name, any -> new Lane());
        lane.waiting.add(step);
        if (first) {
            lane.rests = patience.isPositive();
        }
        return first;
    }

    private void run(String lane) {
        for (var step = next(lane); step.isPresent(); ) {
            var following = take(step.get());
            step = following.isPresent() ? following : next(lane);
        }
    }

    /** The lane ends with its last step. */
    private synchronized Optional<Step> next(String name) {
        var lane = lanes.getOrDefault(name, new Lane());
        lane.rests = false;
        if (lane.waiting.isEmpty()) {
            lanes.remove(name);
        }
        return Optional.ofNullable(lane.waiting.poll());
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
        try (var place = places.take(step.dependencies());
                var decoded = memory.take(step.bytes())) {
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
