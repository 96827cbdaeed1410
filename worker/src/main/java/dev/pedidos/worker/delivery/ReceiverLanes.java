package dev.pedidos.worker.delivery;

import dev.pedidos.worker.delivery.DeliveryRoute.LaneState;
import dev.pedidos.worker.execution.HandlerPermits;
import dev.pedidos.worker.execution.PedidoMemory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Pedidos whose handlers wait: they are worked on beside their shards, so that the other receivers of a shard go on. Each receiver
 * has a lane, and a lane takes one task at a time. A task takes a permit and memory first. If its consumer has stopped meanwhile
 * the task is left out: its delivery goes back to its queue.
 */
final class ReceiverLanes {

    /** Tasks of a lane that wait. More would take the prefetch from the other receivers. */
    private static final int MOST_WAITING = 3;

    private final HandlerPermits permits;
    private final PedidoMemory memory;
    /** A thread for each permit in use. Work in the database on virtual threads took twice the time while the code is cold. */
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("beside-", 0).factory());
    /** By receiver. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /** The tasks that wait for the one in hand. */
    private static final class Lane {
        private final Queue<LaneTask> waiting = new ArrayDeque<>();
        /** It waits for more pedidos before its first task. */
        private boolean gathers;

        boolean isFull() {
            return waiting.size() >= MOST_WAITING;
        }
    }

    /** The place of a new task in its lane. */
    private enum Added {
        FIRST,
        BEHIND_OTHERS,
        NO_ROOM
    }

    ReceiverLanes(HandlerPermits permits, PedidoMemory memory) {
        this.permits = permits;
        this.memory = memory;
    }

    /** Whether a pedido of this receiver is worked on here. */
    synchronized boolean hasLane(String recebedorId) {
        return lanes.containsKey(recebedorId);
    }

    /** @param mayJoin the pedido that comes may take effect together with others of its receiver */
    synchronized LaneState stateOf(String recebedorId, boolean mayJoin) {
        var lane = lanes.get(recebedorId);
        if (lane == null) {
            return LaneState.NONE;
        }
        if (lane.gathers && mayJoin) {
            return LaneState.WAITS_FOR_IT;
        }
        return lane.isFull() ? LaneState.IS_FULL : LaneState.HAS_ROOM;
    }

    /**
     * A lane that waits for more pedidos has room for those that it waits for.
     *
     * @param patience how long a new lane waits before its first task, so that others can join it
     * @return false if the lane is full
     */
    boolean tryAdd(String recebedorId, LaneTask task, Duration patience) {
        var added = enqueue(recebedorId, task, patience);
        if (added == Added.FIRST) {
            Thread.ofVirtual().name("lane-" + task.consumer().queue()).start(() -> {
                gather(task.consumer(), patience);
                run(recebedorId);
            });
        }
        return added != Added.NO_ROOM;
    }

    private static void gather(ShardConsumer consumer, Duration patience) {
        try {
            consumer.awaitFinishing(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Added enqueue(String recebedorId, LaneTask task, Duration patience) {
        boolean first = !hasLane(recebedorId);
        var lane = lanes.computeIfAbsent(recebedorId, any -> new Lane());
        boolean joins = lane.gathers && patience.isPositive();
        if (lane.isFull() && !joins) {
            return Added.NO_ROOM;
        }
        lane.waiting.add(task);
        if (first) {
            lane.gathers = patience.isPositive();
        }
        return first ? Added.FIRST : Added.BEHIND_OTHERS;
    }

    private void run(String recebedorId) {
        for (var task = next(recebedorId); task.isPresent(); ) {
            var following = take(task.get());
            task = following.isPresent() ? following : next(recebedorId);
        }
    }

    /** The lane ends with its last task. */
    private synchronized Optional<LaneTask> next(String recebedorId) {
        var lane = Objects.requireNonNull(lanes.get(recebedorId));
        lane.gathers = false;
        if (lane.waiting.isEmpty()) {
            lanes.remove(recebedorId);
        }
        return Optional.ofNullable(lane.waiting.poll());
    }

    private Optional<LaneTask> take(LaneTask task) {
        try {
            return task.alone() ? task.consumer().alone(() -> withItsPermit(task)) : withItsPermit(task);
        } catch (Exception | Error e) {
            task.delivery().abandon(e);
            return Optional.empty();
        }
    }

    private Optional<LaneTask> withItsPermit(LaneTask task) throws Exception {
        try (var permit = permits.take(task.dependencies());
                var decoded = memory.take(task.bytes())) {
            if (!task.consumer().tryBegin(task.delivery())) {
                return Optional.empty();
            }
            try {
                return threads.submit(task.work()::run).get();
            } catch (ExecutionException e) {
                throw cause(e);
            } finally {
                task.consumer().ended(task.delivery());
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
