package dev.pedidos.worker.delivery;

import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.execution.PedidoMemory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Pedidos whose handlers wait: they are worked on beside their shards, so that the other receivers of a shard go on. Each receiver
 * has a lane, and in a lane one step is taken at a time. A step takes a permit and memory first. If its consumer has stopped meanwhile
 * the step is left out: its delivery goes back to its queue.
 */
final class ReceiverLanes {

    /** Steps of a lane that wait. More would take the prefetch from the other receivers. */
    private static final int MOST_WAITING = 3;

    private final HandlerPermits permits;
    private final PedidoMemory memory;
    /** A thread for each permit in use. Work in the database on virtual threads took twice the time while the code is cold. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("beside-", 0).factory());
    /** By receiver. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The steps that wait for the one in hand. */
    private static final class Lane {
        private final Queue<LaneTask> waiting = new ArrayDeque<>();
        private boolean rests;
    }

    ReceiverLanes(HandlerPermits permits, PedidoMemory memory) {
        this.permits = permits;
        this.memory = memory;
    }

    /** Whether a pedido of this receiver is worked on here. */
    synchronized boolean hasLane(String recebedorId) {
        return lanes.containsKey(recebedorId);
    }

    /** Whether as many steps wait in the lane of this receiver as should. */
    synchronized boolean isFull(String recebedorId) {
        var lane = lanes.get(recebedorId);
        return lane != null && lane.waiting.size() >= MOST_WAITING;
    }

    /** Whether the lane of this receiver waits for more pedidos before its first step. */
    synchronized boolean rests(String recebedorId) {
        var lane = lanes.get(recebedorId);
        return lane != null && lane.rests;
    }

    void add(String recebedorId, LaneTask step) {
        add(recebedorId, step, Duration.ZERO);
    }

    /** @param patience how long a new lane waits before its first step, so that others can join it */
    void add(String recebedorId, LaneTask step, Duration patience) {
        if (enqueue(recebedorId, step, patience)) {
            Thread.ofVirtual().name("lane-" + step.consumer().queue()).start(() -> {
                rest(step.consumer(), patience);
                run(recebedorId);
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

    /** Returns true if the lane was empty. */
    private synchronized boolean enqueue(String recebedorId, LaneTask step, Duration patience) {
        boolean first = !hasLane(recebedorId);
        var lane = lanes.computeIfAbsent(recebedorId, any -> new Lane());
        lane.waiting.add(step);
        if (first) {
            lane.rests = patience.isPositive();
        }
        return first;
    }

    private void run(String recebedorId) {
        for (var step = next(recebedorId); step.isPresent(); ) {
            var following = take(step.get());
            step = following.isPresent() ? following : next(recebedorId);
        }
    }

    /** The lane ends with its last step. */
    private synchronized Optional<LaneTask> next(String recebedorId) {
        var lane = lanes.getOrDefault(recebedorId, new Lane());
        lane.rests = false;
        if (lane.waiting.isEmpty()) {
            lanes.remove(recebedorId);
        }
        return Optional.ofNullable(lane.waiting.poll());
    }

    private Optional<LaneTask> take(LaneTask step) {
        try {
            return step.needsBeginMark() ? step.consumer().alone(() -> withItsPermit(step)) : withItsPermit(step);
        } catch (Exception | Error e) {
            step.delivery().abandon(e);
            return Optional.empty();
        }
    }

    private Optional<LaneTask> withItsPermit(LaneTask step) throws Exception {
        try (var permit = permits.take(step.dependencies());
                var decoded = memory.take(step.bytes())) {
            if (!step.consumer().tryBegin(step.delivery())) {
                return Optional.empty();
            }
            try {
                return threads.submit(step.work()::run).get();
            } catch (ExecutionException e) {
                throw cause(e);
            } finally {
                step.consumer().ended(step.delivery());
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
