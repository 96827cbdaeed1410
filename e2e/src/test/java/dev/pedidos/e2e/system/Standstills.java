package dev.pedidos.e2e.system;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long the machine, its database or its broker stand still beside a test that bounds a time: the system that is tested
 * cannot help that.
 */
public final class Standstills implements AutoCloseable {

    /** The longest commit, confirm and pause of a machine that is only busy. */
    private static final Duration USUAL = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TestSystem system;
    private final Amqp broker;
    private final CompletableFuture<Void> measuring;
    private volatile boolean ended;
    private Duration before = Duration.ZERO;
    private long roundBegan = System.nanoTime();

    public Standstills(TestSystem system) throws Exception {
        this.system = system;
        broker = new Amqp(system.stores());
        measuring = CompletableFuture.runAsync(this::measure, Thread::startVirtualThread);
    }

    /** Does something, and says how long it took. */
    public interface Timed {
        Duration time() throws Exception;
    }

    /** How long it took, but for the standstills meanwhile. */
    public Duration without(Timed timed) throws Exception {
        Duration soFar = total();
        Duration took = timed.time();
        return took.minus(total().minus(soFar));
    }

    private void measure() {
        try {
            while (!ended) {
                system.text("select pg_logical_emit_message(true, 'standstills', '')::text");
                broker.publish("", "standstills", Map.of(), "", "");
                Thread.sleep(PAUSE);
                endRound();
            }
        } catch (Exception e) {
            throw new IllegalStateException("standstills cannot be measured", e);
        }
    }

    private synchronized void endRound() {
        before = before.plus(inThisRound());
        roundBegan = System.nanoTime();
    }

    /** How long everything stood still so far. */
    public synchronized Duration total() {
        if (measuring.isCompletedExceptionally()) {
            measuring.join();
        }
        return before.plus(inThisRound());
    }

    private Duration inThisRound() {
        var round = Duration.ofNanos(System.nanoTime() - roundBegan);
        return round.compareTo(USUAL) > 0 ? round.minus(USUAL) : Duration.ZERO;
    }

    @Override
    public void close() throws Exception {
        ended = true;
        measuring.join();
        broker.close();
    }
}
