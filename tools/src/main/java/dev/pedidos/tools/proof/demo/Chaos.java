package dev.pedidos.tools.proof.demo;

import dev.pedidos.tools.stack.processes.LocalFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * While a demo runs: in turn kills a worker and starts it again, or cuts every connection to the broker, every few
 * seconds.
 */
public final class Chaos implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(2_500);
    /** After these the demo may finish in peace. */
    private static final int MOST_FAULTS = 10;

    private final LocalFleet fleet;
    private final Optional<CutNetwork> network;
    private final Consumer<String> say;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicInteger killed = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("chaos").unstarted(this::run);

    public Chaos(LocalFleet fleet, Optional<CutNetwork> network, Consumer<String> say) {
        this.fleet = fleet;
        this.network = network;
        this.say = say;
    }

    public void start() {
        thread.start();
    }

    /** True while a worker may be down for a moment. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    public int workersKilled() {
        return killed.get();
    }

    public int connectionsCut() {
        return cut.get();
    }

    private void run() {
        try {
            for (int fault = 0;
                    fault < MOST_FAULTS && !stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                    fault++) {
                if (network.isEmpty() || fault % 2 == 0) {
                    fleet.killWorkerAndStartAgain(killed.getAndIncrement());
                } else {
                    cut.addAndGet(network.get().cut());
                }
            }
        } catch (IOException e) {
            say.accept("a killed worker could not be started again: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.join();
    }
}
