package dev.pedidos.worker.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many handlers wait at once in this worker. One dependency has three quarters of the permits at most, so that a slow one
 * leaves some to the others.
 */
public final class HandlerPermits {

    /** Permits that were taken; closing it gives them back. */
    public static final class Taken implements AutoCloseable {

        private final Deque<Semaphore> held = new ArrayDeque<>();

        private void take(Semaphore from) throws InterruptedException {
            from.acquire();
            held.push(from);
        }

        @Override
        public void close() {
            held.forEach(Semaphore::release);
        }
    }

    private final int most;
    private final Semaphore all;
    private final Map<String, Semaphore> ofDependencies = new ConcurrentHashMap<>();

    /** @param most {@code PEDIDOS_ESPERAS} */
    public HandlerPermits(int most) {
        this.most = most;
        this.all = new Semaphore(most, true);
    }

    /** Waits until there is a permit; first come, first served. */
    public Taken take(Set<String> dependencies) throws InterruptedException {
        var taken = new Taken();
        try {
            for (String dependency : new TreeSet<>(dependencies)) {
                taken.take(ofDependencies.computeIfAbsent(dependency, any -> new Semaphore(mostOfOne(), true)));
            }
            taken.take(all);
            return taken;
        } catch (InterruptedException e) {
            taken.close();
            throw e;
        }
    }

    public int taken() {
        return most - all.availablePermits();
    }

    private int mostOfOne() {
        return Math.ceilDiv(most * 3, 4);
    }
}
