package dev.pedidos.e2e.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Measures when the machine, its database or its broker stand still beside a test that bounds a time: the system that is tested
 * cannot help that. Rounds of a pause, a commit and a confirm follow each other without a gap. The confirm is that of a message
 * without a queue, which would not be empty at the end: a broker whose disk alone stands still is not noticed.
 */
public final class Standstills implements AutoCloseable {

    /** The longest round of a machine that is only busy. */
    private static final Duration USUAL = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final TestSystem system;
    private final List<Round> longRounds = new ArrayList<>();
    private Instant roundBegan = Instant.now();
    private final Amqp broker;
    private final Thread measuring;
    private volatile boolean ended;
    private volatile @Nullable Exception failure;

    public Standstills(TestSystem system) throws Exception {
        this.system = system;
        broker = new Amqp(system.stores());
        measuring = Thread.ofPlatform().daemon().name("standstills").start(this::measure);
    }

    /** What a test bounds. */
    public interface Timed {
        void run() throws Exception;
    }

    /** How long it took, but for the standstills meanwhile. */
    public Duration without(Timed timed) throws Exception {
        var start = Instant.now();
        timed.run();
        return between(start, Instant.now());
    }

    /** The time between these, but for the standstills in it. */
    public Duration between(Instant start, Instant end) {
        var left = Duration.between(start, end);
        for (Round round : longRounds()) {
            left = left.minus(round.standstillBetween(start, end));
        }
        return left;
    }

    /** The longest round so far: nothing stood still for longer. */
    public Duration longest() {
        return longRounds().stream().map(Round::length).max(Duration::compareTo).orElseThrow();
    }

    private synchronized List<Round> longRounds() {
        List<Round> all = new ArrayList<>(longRounds);
        all.add(new Round(roundBegan, Instant.now()));
        return all;
    }

    private void measure() {
        while (!ended) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (commitsAndConfirms()) {
                endRound();
            }
        }
    }

    /** If not, the round goes on. */
    private boolean commitsAndConfirms() {
        try {
            system.text("select pg_logical_emit_message(true, 'standstills', '')::text");
            broker.publish("", "standstills", Map.of(), "", "");
            failure = null;
            return true;
        } catch (Exception e) {
            failure = e;
            return false;
        }
    }

    private synchronized void endRound() {
        var round = new Round(roundBegan, Instant.now());
        if (round.length().compareTo(USUAL) > 0) {
            longRounds.add(round);
        }
        roundBegan = round.end;
    }

    @Override
    public void close() throws Exception {
        ended = true;
        measuring.join();
        broker.close();
        if (failure != null) {
            throw new IllegalStateException("standstills could not be measured until the end", failure);
        }
    }

    private record Round(Instant start, Instant end) {

        Duration length() {
            return Duration.between(start, end);
        }

        /** The time between these in which this round was already longer than usual. */
        Duration standstillBetween(Instant from, Instant to) {
            var first = start.plus(USUAL).isAfter(from) ? start.plus(USUAL) : from;
            var last = end.isBefore(to) ? end : to;
            return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
        }
    }
}
