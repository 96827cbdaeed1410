package dev.pedidos.tools.proof.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts answers and keeps the first few refusals. Its size does not grow with the number of answers. */
public final class Tally implements Consumer<LoadAnswer> {
    private static final int KEPT = 5;

    private final SortedMap<Integer, Long> byStatus = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private final List<LoadAnswer> refused = new ArrayList<>();
    private long sent;
    private long answered;
    private long retries;
    private long firstStart = Long.MAX_VALUE;
    private long lastEnd = Long.MIN_VALUE;

    @Override
    public void accept(LoadAnswer answer) {
        sent++;
        retries += answer.retries();
        byStatus.merge(answer.status(), 1L, Long::sum);
        if (answer.status() > 0) {
            answered++;
            latencies.add(answer.endNanos() - answer.startNanos());
        }
        firstStart = Math.min(firstStart, answer.startNanos());
        lastEnd = Math.max(lastEnd, answer.endNanos());
        if (!answer.isAccepted() && refused.size() < KEPT) {
            refused.add(answer);
        }
    }

    public long sent() {
        return sent;
    }

    /** The number of pedidos with an answer of any kind. */
    public long answered() {
        return answered;
    }

    public long retries() {
        return retries;
    }

    /** By {@link LoadAnswer#status}. */
    public SortedMap<Integer, Long> byStatus() {
        return byStatus;
    }

    public long accepted() {
        return byStatus.getOrDefault(202, 0L) + byStatus.getOrDefault(200, 0L);
    }

    public Latencies latencies() {
        return latencies;
    }

    /** The first few refusals. */
    public List<LoadAnswer> refused() {
        return refused;
    }

    /** From the first sending to the last answer; at least a nanosecond. */
    public double seconds() {
        return Math.max(1, lastEnd - firstStart) / 1e9;
    }
}
