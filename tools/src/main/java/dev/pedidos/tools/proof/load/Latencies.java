package dev.pedidos.tools.proof.load;

import java.time.Duration;

/** A histogram of durations. Its size does not grow with their number; percentiles are right within one percent. */
public final class Latencies {
    private static final double STEP = Math.log(1.01);
    private static final int BUCKETS = 3_000;

    private final long[] counts = new long[BUCKETS];
    private long total;

    public void add(long nanos) {
        int bucket = nanos <= 1 ? 0 : (int) (Math.log((double) nanos) / STEP);
        counts[Math.min(bucket, BUCKETS - 1)]++;
        total++;
    }

    /** Zero if there are none. */
    public Duration percentile(double percent) {
        long rank = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return Duration.ofNanos(Math.round(Math.exp((bucket + 0.5) * STEP)));
            }
        }
        return Duration.ZERO;
    }
}
