package dev.pedidos.api.acceptance;

import dev.pedidos.shared.ledger.FaultLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Runs the relay every second while both stores are there. */
public final class RelayLoop implements AutoCloseable {
    private static final FaultLog FAULTS = new FaultLog(LoggerFactory.getLogger(RelayLoop.class));
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Relay relay;
    private final BooleanSupplier storesUp;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("relay").unstarted(this::run);

    public RelayLoop(Relay relay, BooleanSupplier storesUp) {
        this.relay = relay;
        this.storesUp = storesUp;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                relayAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void relayAll() throws InterruptedException {
        try {
            boolean more = storesUp.getAsBoolean();
            if (more) {
                relay.bringForward();
            }
            while (more && storesUp.getAsBoolean() && stopping.getCount() > 0) {
                more = relay.relayBatch();
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            FAULTS.warn("the relay failed; what it claimed is claimed again when the claim runs out", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.interrupt();
        thread.join();
    }
}
