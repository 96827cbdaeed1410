package dev.pedidos.worker.delivery;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.worker.settle.AckDecision;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Settlement;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A consumer of a shard: the name of its queue, how much work goes on beside it, and how its deliveries are settled. */
final class ShardConsumer {

    private final Semaphore suspects = new Semaphore(1, true);
    private final String queue;
    private final Settlement settlement;
    private final CountDownLatch finishing = new CountDownLatch(1);
    /** The deliveries of which a step has begun and not ended. */
    private final Set<Delivery> begun = Collections.newSetFromMap(new IdentityHashMap<>());

    ShardConsumer(String queue, Settlement settlement) {
        this.queue = queue;
        this.settlement = settlement;
    }

    String queue() {
        return queue;
    }

    AckDecision settle(Ending ending) throws PublishFailed, InterruptedException {
        return settlement.settle(ending, queue);
    }

    /**
     * Tries one suspect pedido at a time. If it ends the worker, no other suspect of the shard has an open mark, so none of them loses
     * an attempt.
     */
    <T> T alone(Callable<T> work) throws Exception {
        suspects.acquire();
        try {
            return work.call();
        } finally {
            endedAlone();
        }
    }

    /** As {@link #alone}, on the shard's own thread, which does not wait. If true, {@link #endedAlone} follows. */
    boolean tryBeginAlone() {
        return suspects.tryAcquire();
    }

    void endedAlone() {
        suspects.release();
    }

    /** Returns as soon as no more work may begin, or after the time. */
    void awaitFinishing(Duration atMost) throws InterruptedException {
        finishing.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns whether work on the delivery may begin; then {@link #ended} follows. */
    synchronized boolean tryBegin(Delivery delivery) {
        return finishing.getCount() > 0 && begun.add(delivery);
    }

    synchronized void ended(Delivery delivery) {
        begun.remove(delivery);
        notifyAll();
    }

    /** Lets no more work begin. Returns the deliveries whose work has begun. */
    synchronized List<Delivery> beginNoMore() {
        finishing.countDown();
        return List.copyOf(begun);
    }

    /** Lets no more work begin, and waits for what has begun. */
    synchronized void finish() throws InterruptedException {
        finishing.countDown();
        while (!begun.isEmpty()) {
            wait();
        }
    }
}
